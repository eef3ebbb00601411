/** Answers to bytes: the service's, passed on, and our own. */
import { STATUS_CODES } from 'node:http';
import { isBodiless } from '../codec/http1/kinds.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import { endToEndHeaders } from '../codec/http1/serialize.ts';

/** How the body of an answer is framed towards the caller. */
export type Framing = 'none' | 'length' | 'chunked' | 'close';

const NONE: ReadonlySet<string> = new Set();

/** RFC 9112 §6: what the caller can read decides, not what the service sent. */
export function framingOf(head: ResponseHead, method: string, callerMinorVersion: number): Framing {
  if (isBodiless(method, head.status)) return 'none';
  if (!head.chunked && head.contentLength >= 0) return 'length';
  return callerMinorVersion === 0 ? 'close' : 'chunked';
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

export interface LocalAnswer {
  readonly status: number;
  /** A failure's code, for the header `x-faultline-failure`. */
  readonly code: string;
  readonly message: string;
  /** Names of the faults that acted, or empty. */
  readonly faults: string;
  readonly method: string;
  readonly close: boolean;
}

/** An answer of the proxy's own, body and all. */
export function localAnswer(answer: LocalAnswer): string {
  const { status, message } = answer;
  const body = `faultline: ${message} (${answer.code})\n`;
  let text = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n`;
  text += `server: faultline\r\nx-faultline-failure: ${answer.code}\r\n`;
  if (answer.faults !== '') text += `x-faultline-fault: ${answer.faults}\r\n`;
  if (answer.close) text += 'connection: close\r\n';
  const bodiless = isBodiless(answer.method, status);
  if (status !== 204 && status >= 200) {
    text += `content-type: text/plain; charset=utf-8\r\ncontent-length: ${body.length}\r\n`;
  }
  return bodiless ? `${text}\r\n` : `${text}\r\n${body}`;
}
