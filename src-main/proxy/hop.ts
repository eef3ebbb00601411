/**
 * The hop record: one exchange (one try of it) as one proxy saw it. Written by the data plane into a
 * batch, read by telemetry on the engine's thread.
 */

/** Bits of `Hop.flags`. Envoy's response flag is named where there is one. */
export const HopFlag = {
  /** A delay fault held this try back (DI). */
  DELAY_INJECTED: 1 << 0,
  /** A fault answered this try, or broke it (FI). */
  ABORT_INJECTED: 1 << 1,
  /** This try failed and another followed: not the answer the caller got. */
  RETRIED: 1 << 2,
  /** This try is not the first of its exchange. */
  RETRY: 1 << 3,
  /** The last try allowed, and it failed (URX). */
  RETRY_LIMIT: 1 << 4,
  /** Upstream timeout, whole or per try (UT). */
  TIMEOUT: 1 << 5,
  /** Could not connect upstream, TLS included (UF). */
  CONNECT_FAILURE: 1 << 6,
  /** Upstream ended the connection before or within its answer (UC). */
  UPSTREAM_RESET: 1 << 7,
  /** Downstream went away (DC). */
  DOWNSTREAM_GONE: 1 << 8,
  /** No route matched (NR). */
  NO_ROUTE: 1 << 9,
  /** No endpoint to send to (UH). */
  NO_ENDPOINT: 1 << 10,
  /** The downstream message broke the protocol or a limit (DPE). */
  DOWNSTREAM_PROTOCOL: 1 << 11,
  /** The upstream message broke the protocol (UPE). */
  UPSTREAM_PROTOCOL: 1 << 12,
  /** The hop's own connection was mutual TLS. */
  MTLS: 1 << 13,
  /** The peer's identity was not the expected one. */
  WRONG_IDENTITY: 1 << 14,
  /** Over a rate limit (RL). */
  RATE_LIMITED: 1 << 15,
  /** An authorization policy denied it (UAEX). */
  DENIED: 1 << 16,
  /** An authorization policy on trial would have denied it. */
  DENIED_DRY_RUN: 1 << 17,
  /** A circuit breaker was full: refused at once, or not tried again (UO). */
  OPEN_CIRCUIT: 1 << 18,
  /** Outlier detection kept an endpoint of the version out when this try picked one. */
  EJECTED: 1 << 19,
  /** So few endpoints were well that one of all was picked (Envoy's panic). */
  PANIC: 1 << 20,
  /** It ran beside another try of its exchange. */
  HEDGED: 1 << 30,
  /** Worth another try, but its body was larger than what is kept for one: it was sent once. */
  RETRY_ABANDONED: 1 << 22,
  /** A fault has touched it in another way than by a delay or an abort. */
  FAULT_INJECTED: 1 << 23,
  /** The proxy answered by itself, as the route says: a redirect or a direct response. */
  DIRECT_RESPONSE: 1 << 24,
  /** A connection of bytes rather than messages: TCP, TLS passed through, an upgrade. */
  TUNNEL: 1 << 25,
  /** The answer was a gRPC status that is the service's fault. */
  GRPC_FAILURE: 1 << 26,
  /** Nothing moved for too long (SI). */
  IDLE_TIMEOUT: 1 << 27,
  /** Not over yet: a tunnel as far as it has come. Its record follows when it has ended. */
  OPEN: 1 << 28,
  /** Not an endpoint of the first choice: one of a later priority. */
  FAILOVER: 1 << 29,
  /** A shadow: a request that was sent a second time, whose answer nobody got. */
  MIRROR: 1 << 21,
  /** Given up, since another try beside it was faster: neither failed nor answered. */
  HEDGE_LOST: 1 << 31,
} as const;

/** Of a try that was not the last word of its exchange: another one was. */
export function isSuperseded(flags: number): boolean {
  return (flags & (HopFlag.RETRIED | HopFlag.HEDGE_LOST)) !== 0;
}

export interface Hop {
  /** 32 and 16 lower-case hex digits (W3C Trace Context); parent is empty at a root. */
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string;
  readonly requestId: string;
  /** The proxy's node id (an instance's id or `gateway`). */
  readonly node: string;
  readonly direction: 'outbound' | 'inbound' | 'gateway';
  /** Who asks: for `inbound`, from the peer's SPIFFE ID; empty where it is unknown. */
  readonly sourceService: string;
  readonly sourceVersion: string;
  /** Who is asked; the version and instance are empty where no endpoint was reached. */
  readonly destinationService: string;
  readonly destinationVersion: string;
  readonly destinationInstance: string;
  /** Of the endpoint, `region/zone/subzone`; empty where none was reached or it has none. */
  readonly destinationLocality: string;
  /** Of the endpoint for this caller; 0: the first choice. */
  readonly priority: number;
  readonly route: string;
  /** What the caller speaks here: `http/1.0`, `http/1.1`, `h2`, `tcp`, `tls`. */
  readonly protocol: string;
  readonly method: string;
  readonly path: string;
  /** The status sent downstream (for RETRIED tries: received); 0 where there was none. */
  readonly status: number;
  /** gRPC's status code as the caller got it; -1: none was seen. */
  readonly grpcStatus: number;
  /** Faultline's failure code (`failures.ts`) or the empty string. */
  readonly failure: string;
  /** Names of the faults that acted, comma-separated. */
  readonly faults: string;
  /** What stands on the route, in the order in which it acts: see `filters/http/chain.ts`. */
  readonly filters: string;
  /** The name of the rule that decided (a denial, a rate limit, a redirect), or empty. */
  readonly rule: string;
  readonly peerSpiffeId: string;
  /** Bits of HopFlag. */
  readonly flags: number;
  /** 0 for the first try. */
  readonly attempt: number;
  /** Wall clock, milliseconds since 1970, with fractions: when this try began. */
  readonly start: number;
  /** Milliseconds, with fractions. */
  readonly duration: number;
  /** The whole exchange up to the end of this try: what the caller waited, once the try is final. */
  readonly exchangeDuration: number;
  /** Where `duration` went, in milliseconds; what is left of it is the proxy's own time. */
  readonly timing: HopTiming;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** Of a shadow (MIRROR) alone: what its answer was compared with. */
  readonly mirror?: MirrorComparison;
}

/** A shadow's answer beside the one that the caller got. */
export interface MirrorComparison {
  /** There were two answers, and no fault had a part in them. */
  readonly compared: boolean;
  /** HTTP's or gRPC's. */
  readonly statusDiffers: boolean;
  /** The statuses are the same, and the bodies are not: in their length, or within their first 64 KiB. */
  readonly bodyDiffers: boolean;
  /** Of the caller's own request. 0: it had no answer. */
  readonly primaryStatus: number;
  /** -1: none was seen. */
  readonly primaryGrpcStatus: number;
  /** Milliseconds that the caller waited, retries included. */
  readonly primaryDuration: number;
  /** Of the answer's body. */
  readonly primaryBytes: number;
}

export interface HopTiming {
  readonly injected: number;
  /** Waiting for a connection of the pool. */
  readonly queue: number;
  readonly connect: number;
  readonly tls: number;
  /** From the request's first byte to the response's head. */
  readonly upstream: number;
}

/** Hops of one worker as they cross the thread boundary; read with `readHops`. */
export interface HopBatch {
  /** The worker's table of strings grows: these come after the ones that earlier batches brought. */
  readonly newStrings: readonly string[];
  readonly count: number;
  readonly bytes: Uint8Array;
}
