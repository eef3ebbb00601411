/** Requests through a gateway, many at a time, over connections that are kept. */
import { Agent, request } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Closable } from '../../src-main/base/disposable.ts';

export interface Visit {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

export interface Visited {
  readonly status: number;
  readonly body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export function visit(
  url: string,
  { method = 'GET', headers, body }: Visit = {},
): Promise<Visited> {
  return new Promise((resolve, reject) => {
    const options = { method, agent, ...(headers && { headers }) };
    const req = request(url, options, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (part: string) => (text += part));
      res.on('end', () => resolve({ status: res.statusCode ?? 0, body: text }));
      res.on('error', reject);
    });
    req.on('error', reject).end(body);
  });
}

/** `count` requests, at most `width` at once; each visitor has a session, and so a cart, of its own. */
export async function visitMany(
  count: number,
  width: number,
  url: string,
  { method = 'GET' }: Pick<Visit, 'method'> = {},
): Promise<Visited[]> {
  const visited: Visited[] = [];
  let begun = 0;
  const one = async (): Promise<void> => {
    while (begun < count) {
      const headers = { 'x-session': `visitor-${++begun}` };
      visited.push(await visit(url, { method, headers }));
    }
  };
  await Promise.all(Array.from({ length: width }, one));
  return visited;
}

/** Visits until it is closed, one request after the other, so that there is something to see. */
export function keepVisiting(
  url: string,
  { method = 'GET' }: Pick<Visit, 'method'> = {},
): Closable {
  let going = true;
  let count = 0;
  const loop = async (): Promise<void> => {
    while (going) await visit(url, { method, headers: { 'x-session': `regular-${++count}` } });
  };
  const ended = loop();
  return {
    async close() {
      going = false;
      await ended;
    },
  };
}
