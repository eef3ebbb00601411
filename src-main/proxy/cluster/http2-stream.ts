/** One request on an HTTP/2 session to an endpoint, and its answer. */
import { constants } from 'node:http2';
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import { ProtocolError, bad } from '../codec/http1/head.ts';
import type { RequestHead } from '../codec/http1/request-head.ts';
import { errorCodeName } from '../codec/http2/error-codes.ts';
import { trailerFields } from '../codec/http2/fields.ts';
import { requestFields } from '../codec/http2/request-head.ts';
import { readResponseFields } from '../codec/http2/response-head.ts';
import type {
  ConnectTimes,
  OutgoingRequest,
  ResponseHandler,
  UpstreamStream,
} from '../exchange/streams.ts';
import type { FailureCode } from '../failures.ts';
import { isGrpc } from '../grpc/status.ts';

/** What a stream needs of the session that it runs on. */
export interface StreamOwner {
  readonly session: ClientHttp2Session;
  readonly times: ConnectTimes;
  readonly peerSpiffeId: string;
  /** The endpoint has spoken HTTP/2: its SETTINGS have come (RFC 9113 §3.4). */
  readonly spoken: boolean;
  /** It was given up: the endpoint has been sent a RST_STREAM. */
  onReset(): void;
  onStreamClosed(): void;
}

const { NGHTTP2_CANCEL, NGHTTP2_FLAG_END_STREAM, NGHTTP2_NO_ERROR, NGHTTP2_REFUSED_STREAM } =
  constants;
/** Interim answers before a final one; more is a service that has gone wrong. */
const MOST_INTERIM = 16;
const NOT_SPOKEN =
  'nothing of HTTP/2 came back; a service that speaks HTTP/1.1 only is declared "protocol: http"';

export class Http2Stream implements UpstreamStream {
  readonly protocol = 'h2';
  answered = false;
  readonly #owner: StreamOwner;
  #stream: ClientHttp2Stream | undefined;
  #handler: ResponseHandler | undefined;
  #trailers: string[] | undefined;
  #hasBody = false;
  #hasTrailers = false;
  #interim = 0;
  #released = false;

  constructor(owner: StreamOwner) {
    this.#owner = owner;
  }

  get peerSpiffeId(): string {
    return this.#owner.peerSpiffeId;
  }
  get times(): ConnectTimes {
    return this.#owner.times;
  }
  /** Without a stream nothing is taken, so that nothing is lost with a session that ends just now. */
  get congested(): boolean {
    return this.#stream?.writableNeedDrain ?? true;
  }

  begin(handler: ResponseHandler, request: OutgoingRequest): void {
    this.#handler = handler;
    this.#hasBody = hasBody(request.head);
    this.#hasTrailers = mayHaveTrailers(request.head);
    try {
      this.#stream = this.#owner.session.request(requestFields(request), {
        endStream: !this.#hasBody,
        waitForTrailers: this.#hasTrailers,
      });
    } catch (error) {
      // The session was closed between being chosen and this: nothing has been sent. The failure is
      // told later, as every other one is, so that nobody is called back out of its own call.
      const { message } = error as Error;
      queueMicrotask(() => this.#fail('refused-stream', message));
      return;
    }
    this.#listen(this.#stream);
  }

  sendBody(chunk: Buffer): void {
    const stream = this.#stream;
    if (!stream || !this.#isWritable() || stream.write(chunk)) return;
    if (stream.listenerCount('drain') > 0) return;
    stream.once('drain', () => this.#handler?.onUpstreamDrain());
  }

  sendEnd(trailers: readonly string[] | undefined): void {
    const stream = this.#stream;
    if (!stream || !this.#hasBody || !this.#isWritable()) return;
    if (this.#hasTrailers) {
      stream.on('wantTrailers', () => stream.sendTrailers(trailerFields(trailers)));
    }
    stream.end();
  }

  pause(): void {
    this.#stream?.pause();
  }

  resume(): void {
    if (this.#stream?.isPaused()) this.#stream.resume();
  }

  /** Unlike a connection, a stream costs nothing to give up. */
  discard(): void {
    this.destroy();
  }

  destroy(): void {
    this.#handler = undefined;
    const stream = this.#stream;
    if (!stream) return this.#release();
    if (stream.closed || stream.destroyed) return;
    stream.close(NGHTTP2_CANCEL);
    this.#owner.onReset();
  }

  #listen(stream: ClientHttp2Stream): void {
    stream.on('response', (headers, flags, fields?: string[]) => {
      this.#onHead(fields ?? flatten(headers), (flags & NGHTTP2_FLAG_END_STREAM) !== 0);
    });
    stream.on('headers', (headers: IncomingHttpHeaders, _flags, fields?: string[]) => {
      this.#onInterim(fields ?? flatten(headers));
    });
    stream.on('trailers', (headers: IncomingHttpHeaders, _flags, fields?: string[]) => {
      this.#trailers = fields ?? flatten(headers);
    });
    stream.on('data', (chunk: Buffer) => this.#handler?.onResponseBody(chunk));
    stream.on('end', () => this.#onEnd());
    // What an error was about is told by the code that `close` brings.
    stream.on('error', () => undefined);
    stream.on('close', () => this.#onClose());
  }

  #onHead(fields: readonly string[], complete: boolean): void {
    this.answered = true;
    try {
      const head = readResponseFields(fields, complete);
      this.#handler?.onResponseHead(head);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#fail('upstream-protocol', error.message);
    }
  }

  #onInterim(fields: readonly string[]): void {
    try {
      const head = readResponseFields(fields, false);
      this.#interim++;
      if (this.#interim > MOST_INTERIM) throw bad('too many interim answers');
      if (head.status !== 100) this.#handler?.onInterimHead(head);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#fail('upstream-protocol', error.message);
    }
  }

  #onEnd(): void {
    const stream = this.#stream as ClientHttp2Stream;
    // A reset ends the readable side as well: that is no answer.
    if (stream.aborted || (stream.closed && stream.rstCode !== NGHTTP2_NO_ERROR)) return;
    const handler = this.#handler;
    this.#handler = undefined;
    handler?.onResponseEnd(this.#trailers);
  }

  #onClose(): void {
    const code = this.#stream?.rstCode ?? NGHTTP2_NO_ERROR;
    // The session goes on: it was the endpoint that ended this stream, not a connection gone stale.
    this.answered ||= !this.#owner.session.destroyed;
    this.#release();
    if (!this.#owner.spoken) return this.#fail('upstream-protocol', NOT_SPOKEN);
    const failure = code === NGHTTP2_REFUSED_STREAM ? 'refused-stream' : 'upstream-reset';
    this.#fail(failure, `the stream was ended with ${errorCodeName(code)}`);
  }

  #fail(code: FailureCode, detail: string): void {
    const handler = this.#handler;
    this.destroy();
    handler?.onUpstreamFailure(code, detail);
  }

  #release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#owner.onStreamClosed();
  }

  #isWritable(): boolean {
    const stream = this.#stream;
    return stream !== undefined && stream.writable && !stream.closed;
  }
}

function hasBody(head: RequestHead): boolean {
  return head.chunked || head.contentLength > 0;
}

/**
 * To wait for trailers costs a frame of its own and a turn of the event loop. A body whose length is
 * told seldom has any, and a request of gRPC never has ("gRPC over HTTP/2", Requests).
 */
function mayHaveTrailers({ chunked, names, values }: RequestHead): boolean {
  return chunked && !isGrpc(names, values);
}

function flatten(headers: IncomingHttpHeaders): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().flatMap((one) => [name, String(one)]),
  );
}
