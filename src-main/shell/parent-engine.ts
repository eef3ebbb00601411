/** The engine that has opened this window: `faultline ui`. Its end is the window's end. */
import type { EngineEvents, EngineHost } from './engine-host.ts';
import { isToWindow } from './messages.ts';
import type { FromWindow } from './messages.ts';

export class ParentEngine implements EngineHost {
  constructor(events: Omit<EngineEvents, 'onLost'>, onEnd: () => void) {
    process.on('message', (message) => {
      if (!isToWindow(message)) return;
      if (message.kind === 'show') events.onApp(message.appUrl);
      else events.onRefused(message.reason);
    });
    process.on('disconnect', onEnd);
  }

  open(mesh: string): void {
    const message: FromWindow = { kind: 'open-mesh', file: mesh };
    process.send?.(message);
  }

  async stop(): Promise<void> {
    // The engine is the parent's: it stops when it sees that the window has been closed.
  }
}
