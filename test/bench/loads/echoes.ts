/** Messages that come back over connections that stay, from a process of their own. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Measured } from './measured.ts';

const CONNECTIONS = 32;

/** @param how `websocket`: after an upgrade; `tcp`: from the first byte. */
export function echoes(port: number, how: 'websocket' | 'tcp', seconds: number): Promise<Measured> {
  const program = join(import.meta.dirname, 'echo-client.js');
  const args = [program, String(port), String(CONNECTIONS), String(seconds), how];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, (error, stdout) => {
      if (error) return reject(new Error(`the echo client: ${error.message}`));
      resolve(JSON.parse(stdout) as Measured);
    });
  });
}
