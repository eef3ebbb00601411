/** A new connection with mutual TLS for each request, by `openssl s_time`. */
import { execFile } from 'node:child_process';
import type { Measured } from './measured.ts';
import { times } from '../work.ts';

/** One process of s_time has one connection at a time. */
const AT_ONCE = 4;

export async function handshakes(port: number, folder: string, seconds: number): Promise<Measured> {
  const counts = await Promise.all(times(AT_ONCE, () => connections(port, folder, seconds)));
  const requests = counts.reduce((sum, one) => sum + one, 0);
  return { throughput: requests / seconds, requests };
}

function connections(port: number, folder: string, seconds: number): Promise<number> {
  const args = [
    ...['s_time', '-connect', `127.0.0.1:${port}`, '-new', '-tls1_3', '-www', '/'],
    ...['-cert', `${folder}/web.pem`, '-key', `${folder}/web.key`, '-CAfile', `${folder}/ca.pem`],
    ...['-time', String(seconds)],
  ];
  return new Promise((resolve, reject) => {
    execFile('openssl', args, (error, stdout, stderr) => {
      const count = /(\d+) connections in [\d.]+ real seconds/.exec(stdout)?.[1];
      const bytes = /(\d+) bytes read per connection/.exec(stdout)?.[1];
      if (error || count === undefined || bytes === undefined || Number(bytes) === 0)
        return reject(new Error(`openssl s_time: ${error?.message ?? ''}\n${stdout}${stderr}`));
      resolve(Number(count));
    });
  });
}
