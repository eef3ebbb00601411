/** Waits for the end: Ctrl-C, a signal, or the end of the program that started this one. */
import { say } from './output.ts';

/**
 * Within so many milliseconds a second signal is the first one's echo: at Ctrl-C the terminal tells
 * everybody, and npm passes on what it has been told.
 */
const ECHO = 500;

/**
 * Resolves at the first SIGINT, SIGTERM or SIGHUP. A second one ends the process at once: the guardian
 * then sees to what still runs. A parent that has opened Node's channel to this process (the shell
 * does) tells it by closing the channel, and its own end, however sudden, closes it too.
 */
export function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    let toldAt: number | undefined;
    const tell = (): void => {
      if (toldAt === undefined) say('stopping…');
      toldAt ??= performance.now();
      resolve();
    };
    const onSignal = (): void => {
      if (toldAt !== undefined && performance.now() - toldAt > ECHO) process.exit(130);
      tell();
    };
    process.on('disconnect', tell);
    // Listening alone must not keep the process.
    process.channel?.unref();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
}
