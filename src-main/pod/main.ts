/**
 * Entry of a pod's sidecar container: the data plane of one instance, in the network namespace that
 * its workload shares. Driven by the engine over standard input and output; the end of the input is
 * the end of the program, so that no sidecar outlives its engine.
 */
import { Socket } from 'node:net';
import { systemChance } from '../base/chance.ts';
import { systemClock } from '../base/clock.ts';
import { DataPlane } from '../proxy/data-plane.ts';
import { FrameReader } from './frames.ts';
import type { ToPod } from './messages.ts';
import { POD_PROTOCOL } from './messages.ts';
import { Outlet } from './outlet.ts';
import { Redirector } from './redirect/redirector.ts';
import { runProgram } from './redirect/run-program.ts';
import { Servant } from './servant.ts';

function run(): void {
  // `process.stdout` writes to a pipe synchronously: a slow engine would hold up every request.
  const outlet = new Outlet(new Socket({ fd: 1, readable: false, writable: true }));
  const send = outlet.send.bind(outlet);
  const dataPlane = new DataPlane(send, systemClock, systemChance);
  const redirector = new Redirector(runProgram);
  const servant = new Servant({ redirector, hostsFile: '/etc/hosts', send });
  const frames = new FrameReader((message) => {
    const order = message as ToPod;
    if (order.type === 'wire' || order.type === 'probe') void servant.handle(order);
    else void dataPlane.handle(order).then(() => order.type === 'stop' && process.exit());
  });
  process.stdin.on('data', (chunk: Buffer) => frames.push(chunk));
  process.stdin.on('end', () => process.exit());
  // The first process of a container is sent signals, but nothing happens by itself.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit());
  send({ type: 'hello', protocol: POD_PROTOCOL });
}

run();
