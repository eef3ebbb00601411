/** Answers to bytes: the service's, passed on, and our own. */
import { STATUS_CODES } from 'node:http';
import type { LocalAnswer } from '../../exchange/streams.ts';
import { isBodiless } from './kinds.ts';
import type { ResponseHead } from './response-head.ts';
import { endToEndHeaders } from './serialize.ts';

/** How the body of an answer is framed towards the caller. */
export type Framing = 'none' | 'length' | 'chunked' | 'close';

const NONE: ReadonlySet<string> = new Set();

/** RFC 9112 §6: what the caller can read decides, not what the service sent. */
export function framingOf(head: ResponseHead, method: string, callerMinorVersion: number): Framing {
  if (isBodiless(method, head.status)) return 'none';
  if (!head.chunked && head.contentLength >= 0) return 'length';
  return callerMinorVersion === 0 ? 'close' : 'chunked';
}

/** The head of an interim answer: 101 with what the connection becomes, 103 and the like without. */
export function interimHead(head: ResponseHead): string {
  const reason = head.reason === '' ? (STATUS_CODES[head.status] ?? '') : head.reason;
  let text = `HTTP/1.1 ${head.status} ${reason}\r\n${endToEndHeaders(head, NONE)}`;
  if (head.status === 101) text += `connection: upgrade\r\nupgrade: ${head.upgrade}\r\n`;
  return `${text}\r\n`;
}

export function answerHead(head: ResponseHead, framing: Framing, close: boolean): string {
  const reason = head.reason === '' ? (STATUS_CODES[head.status] ?? '') : head.reason;
  let text = `HTTP/1.1 ${head.status} ${reason}\r\n${endToEndHeaders(head, NONE)}`;
  // Answers to HEAD and 304 tell the length that a GET would have; 1xx and 204 must not have one.
  const tellsLength = framing === 'length' || (framing === 'none' && head.status !== 204);
  if (tellsLength && head.contentLength >= 0) text += `content-length: ${head.contentLength}\r\n`;
  if (framing === 'chunked') text += 'transfer-encoding: chunked\r\n';
  return text + (close ? 'connection: close\r\n\r\n' : '\r\n');
}

/** @param method of the request: an answer to HEAD has no body. */
export function localAnswerText(answer: LocalAnswer, method: string, close: boolean): string {
  const { status, code, headers = [] } = answer;
  const body = Buffer.from(answer.body ?? `faultline: ${answer.message} (${code})\n`).toString(
    'latin1',
  );
  let text = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\nserver: faultline\r\n`;
  if (code !== '') text += `x-faultline-failure: ${code}\r\n`;
  if (answer.faults !== '') text += `x-faultline-fault: ${answer.faults}\r\n`;
  for (const [name, value] of headers) text += `${name}: ${value}\r\n`;
  if (close) text += 'connection: close\r\n';
  if (status !== 204 && status >= 200) {
    if (answer.body === undefined) text += 'content-type: text/plain; charset=utf-8\r\n';
    text += `content-length: ${body.length}\r\n`;
  }
  return isBodiless(method, status) ? `${text}\r\n` : `${text}\r\n${body}`;
}
