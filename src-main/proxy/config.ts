/**
 * The seam between control and the data plane: one whole, compiled configuration per proxy. Control
 * writes it, a proxy applies it between two requests or refuses it with a reason. Names are Envoy's.
 */
import type { Bytes, Milliseconds } from '../base/units.ts';
import type { CaptureConfig } from './config/capture.ts';
import type { FaultConfig } from './config/fault.ts';
import type { MirrorConfig } from './config/mirror.ts';
import type { HedgeConfig, RetryConfig } from './config/retry.ts';
import type { RouteActions } from './config/route-actions.ts';
import type {
  CircuitBreakerConfig,
  ConnectionPoolConfig,
  HealthCheckConfig,
  LoadBalancingConfig,
  OutlierDetectionConfig,
} from './config/upstream.ts';

/** Everything one proxy needs to know; replaced whole, never patched. */
export interface ProxyConfig {
  /** Rises with each push to this proxy. */
  readonly version: number;
  readonly node: NodeConfig;
  /** What the proxy shows and trusts in mutual TLS; absent where no service uses it. */
  readonly identity?: IdentityConfig;
  readonly listeners: readonly ListenerConfig[];
  readonly clusters: readonly ClusterConfig[];
  readonly limits: LimitsConfig;
}

/** Who the proxy is, as it stands in hop records. */
export interface NodeConfig {
  /** Unique in the mesh: the instance's id, or `gateway`. */
  readonly id: string;
  readonly kind: 'sidecar' | 'gateway';
  readonly service: string;
  readonly workloadVersion: string;
}

export interface IdentityConfig {
  readonly spiffeId: string;
  /** PEM, leaf first. */
  readonly certificateChain: string;
  /** PEM (PKCS #8). */
  readonly privateKey: string;
  /** PEM, one or more CA certificates. */
  readonly trustBundle: string;
  /** Shown instead, for faults of identity; absent: there are none. */
  readonly faulty?: Readonly<Partial<Record<FaultyIdentity, FaultyCertificate>>>;
}

/** In which way, and in no other, a certificate is wrong. */
export type FaultyIdentity =
  'expired' | 'notYetValid' | 'wrongSpiffeId' | 'unknownCa' | 'missingChain';

/** PEM both. */
export interface FaultyCertificate {
  readonly certificateChain: string;
  readonly privateKey: string;
}

/** PEM both, the chain's leaf first. */
export interface ServerCertificate {
  readonly certificateChain: string;
  readonly privateKey: string;
}

/** Istio's: mutual TLS alone, either, plain text alone. */
export type MtlsMode = 'strict' | 'permissive' | 'disabled';

export interface ListenerConfig {
  /** Stable over configurations: the same name keeps its socket. `outbound|inventory`, `inbound`. */
  readonly name: string;
  readonly direction: 'outbound' | 'inbound' | 'gateway';
  readonly host: string;
  /** 0: the system chooses; the acknowledgement says which port it became. */
  readonly port: number;
  /**
   * What its callers speak: HTTP/1.1 and HTTP/2 (told apart by the preface), or bytes that are
   * passed on as they are; for `tls` the name that a hello asks for (SNI) is a route's host. `auto`:
   * found out from the first bytes of each connection.
   */
  readonly protocol: 'http' | 'tcp' | 'tls' | 'auto';
  /** What peers must speak; all but `disabled` needs `identity`. */
  readonly mtls: MtlsMode;
  /** TLS that ends here and asks for no certificate (Istio's mode SIMPLE). Absent: as `mtls` says. */
  readonly tls?: ServerCertificate;
  /** First match wins; none matching is answered 404 with flag NR, as Envoy does. */
  readonly routes: readonly RouteConfig[];
}

export interface RouteMatch {
  /** Compared without port and case; absent: any. */
  readonly host?: string;
  /** By segment, as in Gateway API: `/a` matches `/a`, `/a/b`, not `/ab`. Absent or `/`: any. */
  readonly pathPrefix?: string;
  readonly method?: string;
  /** Lower-case name to exact value. */
  readonly headers?: Readonly<Record<string, string>>;
  /** All of them must hold besides. */
  readonly conditions?: readonly MatchCondition[];
}

/** What the simple parts of a match cannot say. */
export interface MatchCondition {
  /** `path`: without its query. */
  readonly of: 'path' | 'method' | 'header' | 'query' | 'cookie';
  /** Of a header, in lower case, a query parameter or a cookie; empty for the others. */
  readonly name: string;
  /** `regex`: RE2's, for the whole value. */
  readonly by: 'exact' | 'prefix' | 'regex' | 'present' | 'absent';
  /** One of them must fit; empty for `present` and `absent`. */
  readonly values: readonly string[];
}

export interface RouteConfig extends RouteActions {
  readonly name: string;
  readonly match: RouteMatch;
  /** Checked before `split`; first match wins. */
  readonly overrides: readonly { readonly match: RouteMatch; readonly cluster: string }[];
  /** Weights of any positive sum; one entry where there is nothing to split. */
  readonly split: readonly { readonly cluster: string; readonly weight: number }[];
  /** The whole exchange, retries included, from the request's last byte; 0: none. */
  readonly timeout: Milliseconds;
  /** No byte of the request or its answer has moved for so long (Envoy's idle_timeout). Absent: for ever. */
  readonly idleTimeout?: Milliseconds;
  readonly retry?: RetryConfig;
  /** Sent a second time, for nobody; absent: nothing is. */
  readonly mirror?: MirrorConfig;
  readonly hedge?: HedgeConfig;
  /** The caller's own headers may change timeout, retries and hedging of a request. Absent: no. */
  readonly callerOverrides?: boolean;
  /** Who may call; absent: everybody. */
  readonly authorization?: AuthorizationConfig;
  /** How often one may call; every one that is for a request must let it pass. Absent: any. */
  readonly rateLimits?: readonly RateLimitConfig[];
  /** Whose messages are kept; the first that takes a request. Absent: nobody's. */
  readonly captures?: readonly CaptureConfig[];
  /** In the order of the document; each draws for itself, on every try. */
  readonly faults: readonly FaultConfig[];
}

/** Envoy's local rate limit: a bucket of tokens, of which each request takes one. */
export interface RateLimitConfig {
  readonly name: string;
  /** SPIFFE ID; absent: any caller. */
  readonly caller?: string;
  readonly match: RouteMatch;
  /** A bucket for each caller, by its SPIFFE ID, in plain text by its address. */
  readonly perCaller: boolean;
  readonly maxTokens: number;
  readonly tokensPerFill: number;
  readonly fillInterval: Milliseconds;
  /** Answers tell in x-ratelimit-* what is left. */
  readonly headers: boolean;
}

export interface AuthorizationConfig {
  /** A denial's answer names the rule in `x-faultline-denied-by`. */
  readonly namesRule: boolean;
  readonly policies: readonly AuthorizationPolicyConfig[];
}

/** Istio's AuthorizationPolicy. Every given part must hold; of the patterns of a part one must. */
export interface AuthorizationPolicyConfig {
  readonly name: string;
  readonly action: 'allow' | 'deny';
  /** What it would deny is only noted. */
  readonly dryRun: boolean;
  /** SPIFFE IDs, with or without `spiffe://`. */
  readonly principals?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly methods?: readonly string[];
  /** Without the query. */
  readonly paths?: readonly string[];
  readonly hosts?: readonly string[];
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
}

export interface ClusterConfig {
  /** `service|version`, or `local` for the sidecar's own workload. */
  readonly name: string;
  readonly service: string;
  readonly workloadVersion: string;
  readonly endpoints: readonly EndpointConfig[];
  /** Names of the faults of instances that keep an endpoint away. Absent: none. */
  readonly absentByFaults?: readonly string[];
  readonly connectTimeout: Milliseconds;
  /** What the endpoints are declared to speak; absent: the caller's own protocol is kept. */
  readonly protocol?: 'http/1.1' | 'h2';
  /** Mutual TLS to the endpoints, and who they must prove to be; needs `identity`. */
  readonly mtls?: { readonly expectedSpiffeId: string };
  /**
   * Shares of requests by locality, of any positive sum, among endpoints of one priority (Envoy's
   * locality weights). Absent: localities do not count.
   */
  readonly localityWeights?: Readonly<Record<string, number>>;
  /** What each priority is, for people; absent: there is one. */
  readonly priorities?: readonly string[];
  /** Absent: round robin. */
  readonly loadBalancing?: LoadBalancingConfig;
  readonly circuitBreaker?: CircuitBreakerConfig;
  readonly outlierDetection?: OutlierDetectionConfig;
  readonly healthCheck?: HealthCheckConfig;
  readonly connectionPool?: Partial<ConnectionPoolConfig>;
}

export interface EndpointConfig {
  /** The instance's id. */
  readonly id: string;
  readonly host: string;
  readonly port: number;
  /** `region/zone/subzone`; absent: unknown. */
  readonly locality?: string;
  /** Envoy's: asked as the ones before it cannot bear all requests. Absent: 0, the first choice. */
  readonly priority?: number;
  /** Names of the faults that act on the instance itself (it is paused, say). Absent: none. */
  readonly instanceFaults?: readonly string[];
}

export interface LimitsConfig {
  /** A request's or response's whole head. Above: 431, or 502 for a response. */
  readonly headBytes: Bytes;
  readonly headerCount: number;
  /** From the first byte of a head to its end (408), and between two reads of a body (408). */
  readonly headTimeout: Milliseconds;
  readonly bodyIdleTimeout: Milliseconds;
  /** A connection between two requests. */
  readonly keepAliveTimeout: Milliseconds;
  /** Body kept for a retry; a larger one is sent once and not retried. */
  readonly retryBufferBytes: Bytes;
  /** A tunnel (TCP, an upgrade) without a byte in either direction; 0: for ever. */
  readonly tunnelIdleTimeout: Milliseconds;
  /** A connection that says nothing for so long may belong to a service that speaks first. */
  readonly detectionTimeout: Milliseconds;
  /** HTTP/2 streams of one connection at a time, in either direction. */
  readonly concurrentStreams: number;
  /** Downstream connections per listener; one more is refused at accept. */
  readonly connections: number;
  /**
   * Of these, at most so many of one caller: by its SPIFFE ID where it has one, else by its address.
   * One more is closed when it is known whose it is. 0: no limit of its own.
   */
  readonly connectionsPerCaller: number;
  /** A request's whole body, without its framing. Above: 413. 0: no limit. */
  readonly bodyBytes: Bytes;
}

/** Envoy's or nginx's usual values. */
export const DEFAULT_LIMITS: LimitsConfig = {
  headBytes: 60 * 1024,
  headerCount: 100,
  headTimeout: 10_000,
  bodyIdleTimeout: 60_000,
  keepAliveTimeout: 75_000,
  retryBufferBytes: 256 * 1024,
  tunnelIdleTimeout: 3_600_000,
  detectionTimeout: 100,
  concurrentStreams: 1024,
  connections: 10_000,
  // Half: no caller alone can lock the others out.
  connectionsPerCaller: 5_000,
  bodyBytes: 0,
};
