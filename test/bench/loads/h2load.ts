/** Calls of gRPC over HTTP/2, by h2load (nghttp2). */
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quantile } from './measured.ts';
import type { Measured } from './measured.ts';

const CLIENTS = 8;
const STREAMS = 4;
/** A message of gRPC: not compressed, sixteen bytes. */
const MESSAGE = Buffer.concat([Buffer.from([0, 0, 0, 0, 16]), Buffer.alloc(16, 'x')]);

export function calls(port: number, folder: string, seconds: number): Promise<Measured> {
  const message = join(folder, 'message.bin');
  const log = join(folder, 'h2load.log');
  writeFileSync(message, MESSAGE);
  rmSync(log, { force: true });
  const args = [
    ...['-t1', `-c${CLIENTS}`, `-m${STREAMS}`, '-D', String(seconds), '-d', message],
    ...['-H', 'content-type: application/grpc', '-H', 'te: trailers', `--log-file=${log}`],
    `http://127.0.0.1:${port}/bench.Echo/Call`,
  ];
  return new Promise((resolve, reject) => {
    execFile('h2load', args, { maxBuffer: 1 << 26 }, (error, stdout) => {
      if (error) return reject(new Error(`h2load: ${error.message}`));
      const failed = /(\d+) failed, (\d+) errored/.exec(stdout);
      if (failed?.[1] !== '0' || failed[2] !== '0') return reject(new Error(stdout));
      resolve(measured(readFileSync(log, 'latin1'), seconds));
    });
  });
}

/** Each line: when, the status, microseconds. */
function measured(log: string, seconds: number): Measured {
  const lines = log
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t').map(Number));
  if (lines.some(([, status]) => status !== 200)) throw new Error('a call was not answered well');
  const sorted = lines.map(([, , time = 0]) => time / 1000).toSorted((a, b) => a - b);
  return {
    throughput: sorted.length / seconds,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    requests: sorted.length,
  };
}
