/** The two kinds of message: how their heads are read and how long their bodies are (RFC 9112 §6.3). */
import { bad } from './head.ts';
import { BodyLength } from './message-reader.ts';
import type { MessageKind } from './message-reader.ts';
import { parseRequestHead } from './request-head.ts';
import type { RequestHead } from './request-head.ts';
import { parseResponseHead } from './response-head.ts';
import type { ResponseHead } from './response-head.ts';

export const requestKind: MessageKind<RequestHead> = {
  skipsEmptyLine: true,
  parse: (text, limits) => parseRequestHead(text, limits.headerCount),
  bodyLength(head) {
    if (head.chunked) return BodyLength.CHUNKED;
    return head.contentLength > 0 ? head.contentLength : BodyLength.NONE;
  },
};

/** Responses depend on what was asked: one kind per connection, told the method of each request. */
export class ResponseKind implements MessageKind<ResponseHead> {
  readonly skipsEmptyLine = false;
  /** Of the request whose answer comes next. */
  method = 'GET';
  /** That request asked for an upgrade. */
  mayUpgrade = false;

  parse(text: string, limits: { headerCount: number }): ResponseHead {
    return parseResponseHead(text, limits.headerCount);
  }

  bodyLength(head: ResponseHead): number {
    // Nothing asked for an upgrade, so this is no answer to anything.
    if (head.status === 101 && !this.mayUpgrade) throw bad('101 without a request to upgrade');
    if (isBodiless(this.method, head.status)) return BodyLength.NONE;
    if (head.chunked) return BodyLength.CHUNKED;
    if (head.contentLength >= 0) return head.contentLength;
    return BodyLength.UNTIL_CLOSE;
  }
}

/** Answers that have no body whatever their headers say: to HEAD, 1xx, 204, 304. */
export function isBodiless(method: string, status: number): boolean {
  return method === 'HEAD' || status < 200 || status === 204 || status === 304;
}
