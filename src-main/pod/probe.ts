/** Asks a program whether it is well: an HTTP path, or just its port. */
import { request } from 'node:http';
import { connect } from 'node:net';
import type { ProbeTarget } from './messages.ts';

/** Undefined: it is well; else why not, as the end of a sentence. */
export type HealthResult = string | undefined;

export function probe(target: ProbeTarget): Promise<HealthResult> {
  return target.path === undefined ? probeTcp(target) : probeHttp(target, target.path);
}

function probeHttp({ host, port, timeout }: ProbeTarget, path: string): Promise<HealthResult> {
  return new Promise((resolve) => {
    // A connection of its own each time: one that is kept would say nothing about accepting.
    const asked = request({ host, port, path, timeout, agent: false }, (answer) => {
      answer.resume();
      const status = answer.statusCode ?? 0;
      resolve(status >= 200 && status < 400 ? undefined : `GET ${path} answers ${status}`);
    });
    asked.on('timeout', () => {
      resolve(`GET ${path} did not answer within ${timeout} ms`);
      asked.destroy();
    });
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(explain(error, port)));
    asked.end();
  });
}

function probeTcp({ host, port, timeout }: ProbeTarget): Promise<HealthResult> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout });
    const settle = (result: HealthResult): void => {
      resolve(result);
      socket.destroy();
    };
    socket.on('connect', () => settle(undefined));
    socket.on('timeout', () => settle(`port ${port} did not accept within ${timeout} ms`));
    socket.on('error', (error: NodeJS.ErrnoException) => settle(explain(error, port)));
  });
}

function explain(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'ECONNREFUSED') return `nothing listens on port ${port}`;
  return error.message;
}
