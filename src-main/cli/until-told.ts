/** Waits for the end: Ctrl-C, a signal, or somebody's word. */
import { say } from './output.ts';

/**
 * Resolves at the first SIGINT, SIGTERM or SIGHUP. A second one ends the process at once: the guardian
 * then sees to what still runs.
 */
export function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    let told = false;
    const onSignal = (): void => {
      if (told) process.exit(130);
      told = true;
      say('stopping…');
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
}
