/** A check that is a request: takes a connection, asks, and judges the whole answer. */
import type { ResponseHead } from '../../codec/http1/response-head.ts';
import type {
  OutgoingRequest,
  Protocol,
  ResponseHandler,
  UpstreamStream,
} from '../../exchange/streams.ts';
import { reset } from '../../tunnel/tunnel.ts';
import type { TunnelSide } from '../../tunnel/tunnel.ts';
import type { EndpointPool, Waiter } from '../endpoint-pool.ts';

export interface ProbeAnswer {
  readonly status: number;
  /** As much of it as a check may need. */
  readonly body: Buffer;
  /** Names and values in turn. */
  readonly trailers: readonly string[];
}

/** No answer to a check says more. */
const MOST_BODY = 1024;

export class RequestProbe implements Waiter, ResponseHandler {
  readonly #pool: EndpointPool;
  readonly #request: OutgoingRequest;
  readonly #body: Buffer | undefined;
  readonly #isWell: (answer: ProbeAnswer) => boolean;
  readonly #onResult: (isWell: boolean) => void;
  readonly #chunks: Buffer[] = [];
  #received = 0;
  #status = 0;
  #stream: UpstreamStream | undefined;
  #done = false;

  constructor(
    pool: EndpointPool,
    request: OutgoingRequest,
    body: Buffer | undefined,
    isWell: (answer: ProbeAnswer) => boolean,
    onResult: (isWell: boolean) => void,
  ) {
    this.#pool = pool;
    this.#request = request;
    this.#body = body;
    this.#isWell = isWell;
    this.#onResult = onResult;
  }

  start(protocol: Protocol): this {
    this.#pool.acquire(this, protocol);
    return this;
  }

  cancel(): void {
    if (this.#done) return;
    this.#done = true;
    this.#pool.cancel(this);
    this.#stream?.destroy();
  }

  onConnection(stream: UpstreamStream): void {
    this.#stream = stream;
    stream.begin(this, this.#request);
    if (this.#body) stream.sendBody(this.#body);
    stream.sendEnd(undefined);
  }

  onConnectFailure(): void {
    this.#finish(false);
  }

  onResponseHead({ status }: ResponseHead): void {
    this.#status = status;
  }

  onResponseBody(chunk: Buffer): void {
    if (this.#received < MOST_BODY) this.#chunks.push(chunk);
    this.#received += chunk.length;
  }

  onResponseEnd(trailers: readonly string[] = []): void {
    const body = Buffer.concat(this.#chunks).subarray(0, MOST_BODY);
    this.#finish(this.#isWell({ status: this.#status, body, trailers }));
  }

  onUpstreamFailure(): void {
    this.#finish(false);
  }

  /** Nobody has asked for one. */
  onUpgraded(_head: ResponseHead, service: TunnelSide): void {
    reset(service);
    this.#finish(false);
  }

  // Of no interest to a check.
  onInterimHead(): void {}
  onUpstreamDrain(): void {}

  #finish(isWell: boolean): void {
    if (this.#done) return;
    this.#done = true;
    this.#onResult(isWell);
  }
}
