/** The line to a data plane in a worker thread of the engine. */
import { Worker } from 'node:worker_threads';
import type { DataPlaneHandlers, DataPlaneLink, ToWorker } from '../proxy/messages.ts';

export class ThreadLink implements DataPlaneLink {
  readonly #worker: Worker;

  /** `entry`: the built worker file. */
  constructor(entry: string) {
    this.#worker = new Worker(entry, { name: 'data-plane' });
  }

  send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  listen({ onMessage, onEnd }: DataPlaneHandlers): void {
    let reason = 'it ended';
    this.#worker.on('message', onMessage);
    this.#worker.on('error', (error) => (reason = error.stack ?? error.message));
    this.#worker.on('exit', () => onEnd(reason));
  }
}
