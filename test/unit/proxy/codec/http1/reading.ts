import type { ProtocolError } from '../../../../../src-main/proxy/codec/http1/head.ts';
import { ResponseKind, requestKind } from '../../../../../src-main/proxy/codec/http1/kinds.ts';
import { MessageReader } from '../../../../../src-main/proxy/codec/http1/message-reader.ts';
import type { RequestHead } from '../../../../../src-main/proxy/codec/http1/request-head.ts';
import type { ResponseHead } from '../../../../../src-main/proxy/codec/http1/response-head.ts';

/** What a reader made of some bytes. */
export interface Reading<Head> {
  heads: Head[];
  bodies: string[];
  trailers: (string[] | undefined)[];
  error: ProtocolError | undefined;
}

const LIMITS = { headBytes: 1024, headerCount: 20 };

function reading<Head>(): Reading<Head> {
  return { heads: [], bodies: [], trailers: [], error: undefined };
}

/** Reads requests from pieces of text (Latin-1), each message taken at once. */
export function readRequests(...pieces: string[]): Reading<RequestHead> {
  const result = reading<RequestHead>();
  let body = '';
  const reader: MessageReader<RequestHead> = new MessageReader(
    requestKind,
    {
      onHead: (head) => void result.heads.push(head),
      onBody: (chunk) => void (body += chunk.toString('latin1')),
      onEnd: (trailers) => {
        result.bodies.push(body);
        result.trailers.push(trailers);
        body = '';
        reader.next();
      },
      onProtocolError: (error) => void (result.error = error),
    },
    LIMITS,
  );
  for (const piece of pieces) reader.feed(Buffer.from(piece, 'latin1'));
  return result;
}

/** Reads one answer to `method`; `close`: the peer ends its side behind it. */
export function readResponse(
  method: string,
  pieces: string[],
  close = false,
): Reading<ResponseHead> & { cutOff: boolean | undefined } {
  const result = reading<ResponseHead>();
  const kind = new ResponseKind();
  kind.method = method;
  let body = '';
  const reader = new MessageReader<ResponseHead>(
    kind,
    {
      onHead: (head) => void result.heads.push(head),
      onBody: (chunk) => void (body += chunk.toString('latin1')),
      onEnd: (trailers) => {
        result.bodies.push(body);
        result.trailers.push(trailers);
      },
      onProtocolError: (error) => void (result.error = error),
    },
    LIMITS,
  );
  for (const piece of pieces) reader.feed(Buffer.from(piece, 'latin1'));
  return { ...result, cutOff: close ? reader.end() : undefined };
}

/** The text in pieces of `size` characters. */
export function pieces(text: string, size: number): string[] {
  const found = [];
  for (let i = 0; i < text.length; i += size) found.push(text.slice(i, i + size));
  return found;
}
