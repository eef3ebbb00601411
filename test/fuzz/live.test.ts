import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import type { RetryConfig } from '../../src-main/proxy/config/retry.ts';
import { REQUESTS, bytesOf } from '../integration/proxy/smuggling/corpus/all.ts';
import { ANSWERS } from '../integration/proxy/smuggling/corpus/answers.ts';
import { eventually } from '../support/eventually.ts';
import { startHop } from '../support/hop.ts';
import { http2Client } from '../support/http2-service.ts';
import { rawClient } from '../support/raw-client.ts';
import { UNTIL_DONE, fuzzSlowly } from './fuzz.ts';
import { mutations } from './mutation.ts';

const WORDS = [
  '\r\n',
  '\n',
  ' ',
  ':',
  'Content-Length: 5\r\n',
  'Connection: close\r\n',
  '5\r\nhello\r\n',
];
const GOOD = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood';
const requestText = mutations(REQUESTS.map(bytesOf).filter(isShort), WORDS);
const answerText = mutations(ANSWERS.map(({ bytes }) => bytes).filter(isShort), WORDS);

function isShort(text: string): boolean {
  return text.length <= 900;
}

const stack = new CloseStack();
afterEach(() => stack.close());

/** Answers everything with the same bytes, and ends. */
async function startService(answer: () => string): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => void socket.end(Buffer.from(answer(), 'latin1')));
    socket.resume();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  stack.add({ close: () => void server.close() });
  return (server.address() as AddressInfo).port;
}

const RETRY: RetryConfig = {
  attempts: 1,
  perTryTimeout: 0,
  on: ['5xx', 'reset'],
  backOff: { base: 1, max: 1 },
};
const OPTIONS = {
  limits: { headTimeout: 1000, bodyIdleTimeout: 1000 },
  route: { retry: RETRY },
};

/** Sends bytes as they are, and ends; resolves when the other side has let go. */
async function send(port: number, text: string): Promise<string> {
  const client = await rawClient(port);
  client.send(text);
  client.socket.end();
  await eventually(() => client.closed(), { within: 10_000, every: 1 });
  return client.received();
}

describe('two sidecars, whatever is said on either side of them', () => {
  it('let go of every connection, and still work', UNTIL_DONE, async () => {
    let answer = GOOD;
    const service = await startService(() => answer);
    const { port } = stack.add(await startHop({ service, ...OPTIONS }));
    const inputs = fc.tuple(requestText, answerText);
    await fuzzSlowly('exchanges of HTTP/1.1', inputs, async ([request, given]) => {
      answer = given;
      await send(port, request);
    });
    answer = GOOD;
    expect(await send(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toContain('good');
  });

  it('end every stream of an HTTP/2 caller, and still work', UNTIL_DONE, async () => {
    let answer = GOOD;
    const service = await startService(() => answer);
    const hop = stack.add(await startHop({ service, speaks: 'http/1.1', ...OPTIONS }));
    const client = stack.add(http2Client(hop.port));
    const headers = { ':method': 'POST', te: 'trailers' };
    await fuzzSlowly('answers of HTTP/1.1 to HTTP/2', answerText, async (given) => {
      answer = given;
      await client.send(headers, 'hello');
    });
    answer = GOOD;
    expect((await client.send(headers, 'hello')).body.toString()).toBe('good');
    expect(client.session.destroyed).toBe(false);
  });
});
