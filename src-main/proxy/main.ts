/** Entry of a data plane worker: a thread of its own, so that no proxy ever waits for the engine. */
import { parentPort } from 'node:worker_threads';
import { systemChance } from '../base/chance.ts';
import { systemClock } from '../base/clock.ts';
import { DataPlane } from './data-plane.ts';
import type { FromWorker, ToWorker } from './messages.ts';

function run(port: NonNullable<typeof parentPort>): void {
  const send = (message: FromWorker): void => {
    const owned = message.type === 'hops' ? [message.batch.bytes.buffer as ArrayBuffer] : [];
    port.postMessage(message, owned);
  };
  const dataPlane = new DataPlane(send, systemClock, systemChance);
  port.on('message', (message: ToWorker) => {
    // What is not a refusal is a bug: it ends the thread, and the engine replaces it and says so.
    void dataPlane.handle(message).then(() => {
      if (message.type === 'stop') port.close();
    });
  });
}

if (!parentPort) throw new Error('this is the entry of a worker thread');
run(parentPort);
