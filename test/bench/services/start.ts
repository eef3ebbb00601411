/** What stands behind the hop. */
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { freePort, launch, listening, stop } from '../peers/peer.ts';
import type { Work } from '../work.ts';
import { startWeb } from './web.ts';

export interface Service {
  readonly port: number;
  stop(): Promise<void>;
}

export async function startService(speaks: Work['speaks'], folder: string): Promise<Service> {
  const port = await freePort();
  const child = start(speaks, port, folder);
  await listening(port);
  return { port, stop: () => stop(child) };
}

function start(speaks: Work['speaks'], port: number, folder: string): ChildProcess {
  if (speaks === 'http') return startWeb(port, folder);
  const program = speaks === 'grpc' ? 'grpc-service.js' : 'echo-service.js';
  return launch(process.execPath, [join(import.meta.dirname, program), String(port)]);
}
