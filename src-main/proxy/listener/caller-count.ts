/** How many connections each caller has at one listener. */
import type { Socket } from 'node:net';
import type { PeerInfo } from './server-connection.ts';

export class CallerCount {
  readonly #counts = new Map<string, number>();

  /**
   * Counts the connection until it closes, where its caller has fewer than `most` (0: no limit);
   * else says whose it was.
   */
  refuses(socket: Socket, { spiffeId, remoteAddress }: PeerInfo, most: number): string | undefined {
    const caller = spiffeId === '' ? remoteAddress : spiffeId;
    const count = this.#counts.get(caller) ?? 0;
    if (most > 0 && count >= most) return caller;
    this.#counts.set(caller, count + 1);
    socket.on('close', () => {
      const left = (this.#counts.get(caller) ?? 1) - 1;
      if (left > 0) this.#counts.set(caller, left);
      else this.#counts.delete(caller);
    });
    return undefined;
  }
}
