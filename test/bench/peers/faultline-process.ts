/**
 * Both sidecars of the hop in one process, hop records on: in its one thread, or each in a worker of
 * the data plane. Argument: a PeerSetup as JSON, with the number of workers and of further sidecars.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { systemChance } from '../../../src-main/base/chance.ts';
import { systemClock } from '../../../src-main/base/clock.ts';
import type { ProxyConfig } from '../../../src-main/proxy/config.ts';
import { DataPlane } from '../../../src-main/proxy/data-plane.ts';
import type { FromWorker } from '../../../src-main/proxy/messages.ts';
import { callee, caller } from './faultline-config.ts';
import type { PeerSetup } from './peer.ts';

const setup = JSON.parse(process.argv[2] ?? '') as PeerSetup & {
  readonly workers: number;
  readonly further?: number;
};
let hops = 0;

function onMessage(message: FromWorker): void {
  if (message.type === 'hops') hops += message.batch.count;
  if (message.type === 'refused') throw new Error(message.reason);
}

async function configure(config: ProxyConfig, dataPlane: DataPlane): Promise<void> {
  if (setup.workers === 1) return dataPlane.handle({ type: 'configure', config });
  const worker = new Worker(join(import.meta.dirname, 'worker.js'));
  const applied = new Promise<void>((resolve) => {
    worker.on('message', (message: FromWorker) => {
      onMessage(message);
      if (message.type === 'applied') resolve();
    });
  });
  worker.postMessage({ type: 'configure', config });
  await applied;
}

const here = new DataPlane(onMessage, systemClock, systemChance);
await configure(callee(setup, 'api', setup.inbound), here);
await configure(caller(setup), here);
const { further = 0 } = setup;
const before = process.memoryUsage.rss();
for (let i = 0; i < further; i++) {
  await here.handle({ type: 'configure', config: callee(setup, `further-${i}`, 0) });
}
if (further > 0) process.stdout.write(`${(process.memoryUsage.rss() - before) / further}\n`);
process.on('SIGTERM', () => {
  here.stop();
  process.exit(hops >= 0 ? 0 : 1);
});
