/** The head of a response (RFC 9112 §4). */
import { bad, endOfLine, readHeaders, refuseControls } from './head.ts';
import type { MessageHead } from './head.ts';

export interface ResponseHead extends MessageHead {
  readonly status: number;
  readonly reason: string;
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9][0-9]{2})(?: (.*))?$/;

/**
 * Parses a response's head, given without its final empty line.
 * @throws ProtocolError; whatever its code, it is the service that broke the protocol.
 */
export function parseResponseHead(text: string, mostHeaders: number): ResponseHead {
  refuseControls(text);
  const lineEnd = endOfLine(text, 0);
  const found = STATUS_LINE.exec(text.slice(0, lineEnd));
  if (!found) throw bad('the status line is not one of HTTP/1.x');
  const head: ResponseHead = {
    minorVersion: Number(found[1]),
    status: Number(found[2]),
    reason: found[3] ?? '',
    names: [],
    values: [],
    contentLength: -1,
    chunked: false,
    close: false,
    nominated: undefined,
    upgrade: '',
  };
  readHeaders(text, lineEnd + 2, head, mostHeaders);
  if (head.minorVersion === 0) head.close = true;
  return head;
}
