import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { FAILURES } from '../../src-main/proxy/failures.ts';
import { requestHeadText } from '../../src-main/proxy/codec/http1/request-writer.ts';
import type { RequestHead } from '../../src-main/proxy/codec/http1/request-head.ts';
import type { ResponseHead } from '../../src-main/proxy/codec/http1/response-head.ts';
import { answerHead, framingOf } from '../../src-main/proxy/codec/http1/response-writer.ts';
import { chunkPrefix, lastChunk } from '../../src-main/proxy/codec/http1/serialize.ts';
import { flawsOf, flawsOfAnswer } from '../integration/proxy/smuggling/canonical.ts';
import { REQUESTS, bytesOf } from '../integration/proxy/smuggling/corpus/all.ts';
import { ANSWERS } from '../integration/proxy/smuggling/corpus/answers.ts';
import { readAnswer } from '../integration/proxy/smuggling/strict-answers.ts';
import { readStrictly } from '../integration/proxy/smuggling/strict-reader.ts';
import { readRequests, readResponse } from '../unit/proxy/codec/http1/reading.ts';
import type { Reading } from '../unit/proxy/codec/http1/reading.ts';
import { UNTIL_DONE, fuzz } from './fuzz.ts';
import { cuts, latin1, mutations, places } from './mutation.ts';

const WORDS = [
  ...['\r\n', '\n', '\r', '\r\n\r\n', '\t', ' ', ':', ';', ',', '\0', '\x0b', '\x7f', '\x85', '"'],
  ...['Host: a\r\n', 'Host: b\r\n', 'Content-Length: 5\r\n', 'Content-Length: 0\r\n'],
  ...[
    'Transfer-Encoding: chunked\r\n',
    'transfer-encoding:\tchunked \r\n',
    'Connection: close\r\n',
  ],
  ...['Connection: keep-alive, x\r\n', 'Expect: 100-continue\r\n', 'Upgrade: websocket\r\n'],
  ...[
    'GET / HTTP/1.1\r\n',
    'POST /x HTTP/1.0\r\n',
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.1 103 E\r\n\r\n',
  ],
  ...['HTTP/1.1 204 N\r\n', '5\r\nhello\r\n', '0\r\n\r\n', '0\r\nX: 1\r\n\r\n', 'ffffffffffff\r\n'],
  ...['__proto__: x\r\n', 'constructor: x\r\n', '_', '-', '%00', '#', '?', '//', '@', '[::1]'],
];
const SHORT = 900;
const requestText = fc.oneof(
  { weight: 12, arbitrary: mutations(REQUESTS.map(bytesOf).filter(isShort), WORDS) },
  { weight: 1, arbitrary: latin1(60) },
);
const answerText = fc.oneof(
  { weight: 12, arbitrary: mutations(ANSWERS.map(({ bytes }) => bytes).filter(isShort), WORDS) },
  { weight: 1, arbitrary: latin1(60) },
);
const answerInput = fc.tuple(answerText, places, fc.constantFrom('GET', 'HEAD'));

function isShort(text: string): boolean {
  return text.length <= SHORT;
}

function demand(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(what);
}

/** Wherever the bytes are cut, they mean the same, and what is wrong with them is in the table. */
function readsTheSame(whole: Reading<unknown>, cut: Reading<unknown>): void {
  demand(whole.error === undefined || whole.error.code in FAILURES, 'an unknown failure');
  demand(whole.error?.code === cut.error?.code, 'cut elsewhere, it fails otherwise');
  demand(isDeepStrictEqual(whole.heads, cut.heads), 'cut elsewhere, its heads are others');
  demand(isDeepStrictEqual(whole.bodies, cut.bodies), 'cut elsewhere, its bodies are others');
  demand(isDeepStrictEqual(whole.trailers, cut.trailers), 'cut elsewhere, its trailers are others');
}

function written(head: RequestHead, body: string, trailers: string[] | undefined): string {
  const text = requestHeadText({
    head,
    direction: 'outbound',
    remoteAddress: '10.0.0.1',
    scheme: 'http',
    requestId: 'r',
    clientCertificate: '',
    traceparent: 't',
  });
  return text + (head.chunked ? chunked(body, trailers) : body);
}

function chunked(body: string, trailers: readonly string[] | undefined): string {
  const chunk = body === '' ? '' : `${chunkPrefix(body.length)}${body}\r\n`;
  return chunk + lastChunk(trailers);
}

/** What is passed on of it is read by somebody else as the same requests, and in no other way. */
function checkRequests(text: string, at: readonly number[]): void {
  const whole = readRequests(text);
  readsTheSame(whole, readRequests(...cuts(text, at)));
  const passedOn = whole.bodies.map((body, i) =>
    written(whole.heads[i] as RequestHead, body, whole.trailers[i]),
  );
  const read = readStrictly(passedOn.join(''));
  demand(read.malformed === undefined && read.rest === '', `passed on: ${passedOn.join('')}`);
  demand(read.requests.length === passedOn.length, 'it becomes more or fewer requests');
  demand(
    isDeepStrictEqual(
      read.requests.map((one) => one.body),
      whole.bodies,
    ),
    'another body',
  );
  const flaws = read.requests.flatMap((one) => flawsOf(one));
  demand(flaws.length === 0, flaws.join('; '));
}

/** The same for the answer to a request of this method. */
function checkAnswer(text: string, at: readonly number[], method: string): void {
  const whole = readResponse(method, [text]);
  readsTheSame(whole, readResponse(method, cuts(text, at)));
  const [head] = whole.heads as (ResponseHead | undefined)[];
  const [body] = whole.bodies;
  if (!head || body === undefined || head.status < 200) return;
  const framing = framingOf(head, method, 1);
  const passedOn = answerHead(head, framing, false);
  const rest = framing === 'chunked' ? chunked(body, whole.trailers[0]) : body;
  const read = readAnswer(passedOn + rest, method, false);
  if (read.kind !== 'whole') throw new Error(`passed on: ${passedOn}${rest}`);
  demand(read.answer.raw === passedOn + rest && read.answer.body === body, 'another body');
  const flaws = flawsOfAnswer(read.answer, method);
  demand(flaws.length === 0, flaws.join('; '));
}

describe('messages of HTTP/1.1, fed with anything', () => {
  it(
    'are read the same wherever they are cut, and passed on in one meaning: requests',
    UNTIL_DONE,
    () =>
      fuzz('requests of HTTP/1.1', fc.tuple(requestText, places), ([text, at]) =>
        checkRequests(text, at),
      ),
  );

  it(
    'are read the same wherever they are cut, and passed on in one meaning: answers',
    UNTIL_DONE,
    () =>
      fuzz('answers of HTTP/1.1', answerInput, ([text, at, method]) =>
        checkAnswer(text, at, method),
      ),
  );
});
