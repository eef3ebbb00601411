import { connect, constants } from 'node:http2';
import type { ClientHttp2Session } from 'node:http2';
import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'vitest';
import { ProtocolError } from '../../src-main/proxy/codec/http1/head.ts';
import type { RequestHead } from '../../src-main/proxy/codec/http1/request-head.ts';
import { requestHeadText } from '../../src-main/proxy/codec/http1/request-writer.ts';
import { answerHead, framingOf } from '../../src-main/proxy/codec/http1/response-writer.ts';
import { trailerFields } from '../../src-main/proxy/codec/http2/fields.ts';
import type { Http2Fields } from '../../src-main/proxy/codec/http2/fields.ts';
import { readRequestFields, requestFields } from '../../src-main/proxy/codec/http2/request-head.ts';
import {
  readResponseFields,
  responseFields,
} from '../../src-main/proxy/codec/http2/response-head.ts';
import type { OutgoingRequest } from '../../src-main/proxy/exchange/streams.ts';
import { flawsOf, flawsOfAnswer } from '../integration/proxy/smuggling/canonical.ts';
import { REQUESTS, bytesOf } from '../integration/proxy/smuggling/corpus/all.ts';
import { ANSWERS } from '../integration/proxy/smuggling/corpus/answers.ts';
import { readAnswer } from '../integration/proxy/smuggling/strict-answers.ts';
import { readStrictly } from '../integration/proxy/smuggling/strict-reader.ts';
import { readRequests, readResponse } from '../unit/proxy/codec/http1/reading.ts';
import { UNTIL_DONE, found, fuzz } from './fuzz.ts';
import { latin1, mutations } from './mutation.ts';

const NAMES = [
  ...[
    ':method',
    ':path',
    ':authority',
    ':status',
    ':scheme',
    ':protocol',
    'host',
    'content-length',
  ],
  ...[
    'transfer-encoding',
    'connection',
    'keep-alive',
    'proxy-connection',
    'upgrade',
    'te',
    'trailer',
  ],
  ...['expect', 'cookie', 'set-cookie', 'date', 'range', 'age', 'etag', 'location', 'content-type'],
  ...['http2-settings', 'x-forwarded-for', 'x-request-id', 'constructor', '__proto__', 'x', 'X-Y'],
];
const VALUES = [
  ...['GET', 'POST', 'OPTIONS', 'CONNECT', '/', '/a?b', '*', 'http://a/', 'a', 'a:80', '[::1]:80'],
  ...[
    '5',
    '0',
    '-1',
    '200',
    '204',
    '304',
    '101',
    '999',
    'chunked',
    'close',
    'trailers',
    'websocket',
  ],
  ...[
    '100-continue',
    'a\r\nx: y',
    'a\nb',
    'a\0b',
    'a\x01b',
    ' a ',
    '',
    '\xe9',
    '\u010a',
    'b=1; c=2',
  ],
];
const name = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: latin1(6) },
);
const value = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...VALUES) },
  { weight: 1, arbitrary: latin1(10) },
);
const more = fc.array(fc.tuple(name, value), { maxLength: 6 });
const line = fc
  .tuple(fc.constantFrom('GET', 'POST', 'OPTIONS', 'get'), fc.constantFrom('/', '/a?b', '*'))
  .map(([method, path]) => [':method', method, ':path', path, ':authority', 'a']);
const requestInput = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: line }, { weight: 1, arbitrary: fc.constant([]) }), more)
  .map(([first, rest]) => [...first, ...rest.flat()]);
const answerInput = fc
  .tuple(fc.constantFrom('200', '204', '304', '404', '599', '1', 'x'), more)
  .map(([status, rest]) => [':status', status, ...rest.flat()]);
const requestText = mutations(REQUESTS.map(bytesOf).filter(isShort), ['x: y\r\n', 'Range: a\r\n']);
const answerText = mutations(ANSWERS.map(({ bytes }) => bytes).filter(isShort), [
  ...['Date: a\r\n', 'Te: x\r\n', 'Age: 1\r\n', '__proto__: x\r\n', 'HTTP/1.1 799 Odd\r\n'],
]);

function isShort(text: string): boolean {
  return text.length <= 900;
}

/** node:http2 as the judge: it throws at what it would not send. Nobody listens at the other end. */
function startJudge(): ClientHttp2Session {
  const nowhere = new Duplex({ read: () => undefined, write: (_chunk, _coding, done) => done() });
  const session = connect('http://a', { createConnection: () => nowhere });
  session.on('error', () => undefined);
  session.setMaxListeners(0);
  return session;
}

let session: ClientHttp2Session;
beforeEach(() => void (session = startJudge()));
afterEach(() => session.destroy());
const OPTIONS = {
  share: 0.2,
  // Streams are let go of in a later turn of the event loop.
  pause: () => new Promise<void>((resolve) => void setImmediate(resolve)),
};

/** @throws Error with what node:http2 has against these fields. */
function judge(fields: Http2Fields): void {
  const stream = session.request(fields, { endStream: true });
  stream.on('error', () => undefined);
  stream.close(constants.NGHTTP2_CANCEL);
}

/** Fields of an answer or of trailers, in the place where the judge sees them: a request's. */
function judgeAnswer(fields: Http2Fields): void {
  const { ':status': status, ...rest } = fields;
  if (status !== undefined && !/^[1-5]\d\d$/.test(String(status)))
    throw new Error(`:status ${String(status)}`);
  judge(Object.assign(Object.create(null) as Http2Fields, rest, { ':path': '/' }));
}

function refusedOr<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

function outgoing(head: RequestHead): OutgoingRequest {
  return {
    head,
    direction: 'gateway',
    remoteAddress: '10.0.0.1',
    scheme: 'http',
    requestId: 'r',
    clientCertificate: 'x-forwarded-client-cert: URI=spiffe://a\r\n',
    traceparent: 't',
  };
}

/** What is read as a request is one for HTTP/1.1 as well, and has one meaning there. */
function checkRequest(fields: readonly string[]): void {
  const head = refusedOr(() => readRequestFields(fields, true, 50));
  if (!head) return;
  judge(requestFields(outgoing(head)));
  const text = requestHeadText(outgoing(head));
  const read = readStrictly(text);
  const flaws = read.requests.flatMap((one) => flawsOf(one));
  if (read.requests.length !== 1 || read.rest !== '' || flaws.length > 0) {
    throw new Error(`${read.malformed ?? flaws.join('; ')}: ${text}`);
  }
}

function checkAnswer(fields: readonly string[]): void {
  const head = refusedOr(() => readResponseFields(fields, true));
  if (!head || head.status < 200) return;
  judgeAnswer(responseFields(head));
  const text = answerHead(head, framingOf(head, 'GET', 1), false) + '.'.repeat(head.contentLength);
  const read = readAnswer(text, 'GET', false);
  if (read.kind !== 'whole') throw new Error(`${JSON.stringify(read)}: ${text}`);
  const flaws = flawsOfAnswer(read.answer, 'GET');
  if (flaws.length > 0) throw new Error(`${flaws.join('; ')}: ${text}`);
}

/** node:http2 takes what becomes of an answer of HTTP/1.1. */
function checkPassedOn(text: string): void {
  const { heads, trailers } = readResponse('GET', [text]);
  for (const head of heads) if (head.status !== 101) judgeAnswer(responseFields(head));
  for (const one of trailers) judgeAnswer(trailerFields(one));
}

describe('heads of HTTP/2, fed with anything', () => {
  it('are refused, or are requests with one meaning for everybody', UNTIL_DONE, () =>
    fuzz('requests of HTTP/2', requestInput, checkRequest, OPTIONS),
  );

  it('are refused, or are answers with one meaning for everybody', UNTIL_DONE, () =>
    fuzz('answers of HTTP/2', answerInput, checkAnswer, OPTIONS),
  );

  it.each(found('http2-requests'))('are read well where they were not: %s', (_name, text) => {
    checkRequest(text.split('\n'));
  });
});

describe('heads of HTTP/1.1 that are passed on to HTTP/2', () => {
  it('are such that node:http2 takes them: of requests', UNTIL_DONE, () => {
    const check = (text: string): void => {
      for (const head of readRequests(text).heads) judge(requestFields(outgoing(head)));
    };
    return fuzz('requests from HTTP/1.1 to HTTP/2', requestText, check, OPTIONS);
  });

  it('are such that node:http2 takes them: of answers, and their trailers', UNTIL_DONE, () =>
    fuzz('answers from HTTP/1.1 to HTTP/2', answerText, checkPassedOn, OPTIONS),
  );

  it.each(found('answers-to-http2'))('are such where they once were not: %s', (_name, text) => {
    checkPassedOn(text);
  });
});
