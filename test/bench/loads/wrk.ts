/** Load on an address, by wrk (https://github.com/wg/wrk). */
import { execFile } from 'node:child_process';

import type { Measured } from './measured.ts';

/** Requests' latencies come with every load of wrk. */
export type WrkMeasured = Measured & { readonly p50: number; readonly p99: number };

/** @param script a file of Lua that makes the requests; default: GET. */
export function load(
  url: string,
  connections: number,
  seconds: number,
  script?: string,
): Promise<WrkMeasured> {
  const scripted = script === undefined ? [] : ['-s', script];
  const args = ['-t1', `-c${connections}`, `-d${seconds}`, '--latency', ...scripted, url];
  return new Promise((resolve, reject) => {
    execFile('wrk', args, (error, stdout) => {
      if (error) return reject(new Error(`wrk is needed for the benchmark: ${error.message}`));
      try {
        resolve(parse(stdout));
      } catch (problem) {
        reject(problem);
      }
    });
  });
}

function parse(text: string): WrkMeasured {
  if (/Non-2xx|Socket errors/.test(text)) throw new Error(`errors under load:\n${text}`);
  if (!/^\s+99%\s+[\d.]+(us|ms|s)\s*$/m.test(text))
    throw new Error(`wrk says something unexpected:\n${text}`);
  return {
    throughput: number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]),
    p50: milliseconds(/^\s+50%\s+(\S+)/m.exec(text)?.[1]),
    p99: milliseconds(/^\s+99%\s+(\S+)/m.exec(text)?.[1]),
    requests: number(/(\d+) requests in/.exec(text)?.[1]),
  };
}

function number(text: string | undefined): number {
  const value = Number(text);
  if (text === undefined || Number.isNaN(value))
    throw new Error('wrk says something else than expected');
  return value;
}

function milliseconds(text = ''): number {
  const [, value, unit] = /^([\d.]+)(us|ms|s)$/.exec(text) ?? [];
  return number(value) * { us: 0.001, ms: 1, s: 1000 }[unit as 'us' | 'ms' | 's'];
}
