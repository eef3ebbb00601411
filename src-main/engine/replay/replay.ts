/**
 * Sends requests into the mesh by the way that their callers' requests take: to the gateway, or to the
 * listener of a caller's sidecar for the service that it calls. The proxies treat them as any other,
 * and what they bring is kept as if it had been captured.
 */
import type { Chance } from '../../base/chance.ts';
import type { Clock } from '../../base/clock.ts';
import { RpcError } from '../../api/contract/index.ts';
import type { OutgoingRequest, SentRequest } from '../../api/contract/index.ts';
import { RpcFailure } from '../../api/rpc-failure.ts';
import type { CapturedExchange } from '../../proxy/capture/captured.ts';
import { formatTraceparent, IdSource } from '../../proxy/exchange/trace-context.ts';
import type { Answer, Outgoing } from './outgoing.ts';
import { hostOf, pairsOf } from './outgoing.ts';
import { sendHttp1 } from './send-http1.ts';
import { sendHttp2 } from './send-http2.ts';

/** The name under which messages are kept that nobody has captured. */
export const REPLAYED = 'sent by hand';

/** What it needs to know of the mesh that runs. */
export interface WaysIn {
  gatewayPort(): number;
  readonly callers: {
    ids(): readonly string[];
    facts(
      id: string,
    ): { readonly spec: { readonly service: { readonly name: string } } } | undefined;
    outboundPort(id: string, callee: string): number | undefined;
  };
}

/** What it needs of telemetry. */
export interface Witness {
  expect(traceId: string, spanId: string): void;
  trace(traceId: string): Promise<
    | {
        readonly hops: readonly {
          readonly spanId: string;
          readonly parentId: string;
          readonly flags: readonly string[];
          readonly captured: boolean;
        }[];
      }
    | undefined
  >;
  keep(exchange: CapturedExchange, masked: boolean): Promise<boolean>;
}

export interface ReplayOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly ways: WaysIn;
  readonly witness: Witness;
}

/** Hops come within a tick of the data plane (50 ms); a proxy that is busy may take longer, in ms. */
const HOP_PATIENCE = 2_000;
const HOP_STEP = 20;

export class Replay {
  readonly #options: ReplayOptions;
  readonly #ids: IdSource;

  constructor(options: ReplayOptions) {
    this.#options = options;
    this.#ids = new IdSource(options.chance);
  }

  /** Resolves when it has ended, whatever came of it. @throws RpcFailure UNKNOWN: there is no way in */
  async send(request: OutgoingRequest): Promise<SentRequest> {
    const port = this.#portFor(request);
    const context = this.#ids.newTrace();
    const { traceId } = context;
    const parentId = this.#ids.spanId();
    this.#options.witness.expect(traceId, parentId);
    const { method, path, headers } = request;
    const body = Buffer.from(request.body, 'base64');
    const traceparent = formatTraceparent(context, parentId);
    const outgoing: Outgoing = { port, method, path, headers, body, traceparent };
    const send = request.protocol === 'h2' ? sendHttp2 : sendHttp1;
    let answer: Answer | undefined;
    let failure = '';
    try {
      answer = await send(outgoing);
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
    }
    const spanId = await this.#keep(traceId, parentId, request, outgoing, answer);
    return { traceId, spanId, failure };
  }

  #portFor({ from, to, instance }: OutgoingRequest): number {
    const { gatewayPort, callers } = this.#options.ways;
    if (from === 'gateway') return gatewayPort();
    const own = callers.ids().filter((id) => callers.facts(id)?.spec.service.name === from);
    const first = own.filter((id) => id === instance);
    for (const id of [...first, ...own]) {
      const port = callers.outboundPort(id, to);
      if (port !== undefined) return port;
    }
    throw new RpcFailure(
      RpcError.UNKNOWN,
      own.length === 0
        ? `no instance of ${from} runs, so that nothing can be sent as ${from}`
        : `${from} does not call ${to}: its sidecars have no listener for it`,
    );
  }

  /** Of the hop that the request has made; empty where none is told of in time. */
  async #keep(
    traceId: string,
    parentId: string,
    request: OutgoingRequest,
    outgoing: Outgoing,
    answer: Answer | undefined,
  ): Promise<string> {
    const { clock, witness } = this.#options;
    const until = clock.now() + HOP_PATIENCE;
    while (clock.now() < until) {
      const trace = await witness.trace(traceId);
      const own = trace?.hops.find(
        (hop) => hop.parentId === parentId && !hop.flags.some((flag) => LOST.has(flag)),
      );
      if (own) {
        const { spanId } = own;
        // A capture of the document may have brought it already.
        if (!own.captured) {
          await witness.keep(
            exchangeOf(traceId, spanId, request, outgoing, answer),
            request.masked,
          );
        }
        return spanId;
      }
      await new Promise<void>((resolve) => void clock.after(HOP_STEP, resolve));
    }
    return '';
  }
}

/** Tries that were not the last word, and shadows. */
const LOST = new Set(['RETRIED', 'HEDGE_LOST', 'MIRROR']);

function exchangeOf(
  traceId: string,
  spanId: string,
  { protocol, headers }: OutgoingRequest,
  { method, path, body, port, traceparent }: Outgoing,
  answer: Answer | undefined,
): CapturedExchange {
  const outgoing = { method, path, body, port, headers, traceparent };
  return {
    capture: REPLAYED,
    traceId,
    spanId,
    isFinal: true,
    isBodiless: false,
    request: {
      method,
      path,
      host: hostOf(outgoing),
      protocol,
      headers: pairsOf(headers.flat()),
      body,
      bodyBytes: body.length,
      trailers: [],
    },
    ...(answer && { response: answer }),
  };
}
