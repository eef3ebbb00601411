// `kill` on npm ends npm and its shell, but nobody tells what these have started: that would run on
// unseen, and hold its ports. So what npm has started ends when npm has ended.

const LOOK_EVERY = 500;

/** Ends this process as SIGTERM does, once whoever started it on npm's behalf is gone. */
export function followNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY);
  timer.unref();
}
