/**
 * The closed table of everything that can go wrong with an exchange, and what a caller gets for it.
 * Nothing else writes an error answer.
 */
import { HopFlag } from './hop.ts';

/** Who is to blame: what telemetry counts against whom. */
export type Blame = 'caller' | 'mesh' | 'service' | 'fault';

export interface Failure {
  /** The answer's status; 0: no answer can be sent any more. */
  readonly status: number;
  /** Envoy's response flag. */
  readonly envoyFlag: string;
  /** Bits of HopFlag. */
  readonly flags: number;
  /** Whether the downstream connection must be closed, because its framing is lost. */
  readonly close: boolean;
  readonly blame: Blame;
  readonly message: string;
}

function caller(status: number, message: string): Failure {
  const flags = HopFlag.DOWNSTREAM_PROTOCOL;
  return { status, envoyFlag: 'DPE', flags, close: true, blame: 'caller', message };
}

function service(status: number, envoyFlag: string, flags: number, message: string): Failure {
  return { status, envoyFlag, flags, close: false, blame: 'service', message };
}

export const FAILURES = {
  'bad-request': caller(400, 'the request breaks the rules of HTTP'),
  'head-too-large': caller(431, 'the request head is over the limit'),
  'body-too-large': caller(413, 'the request body is over the limit'),
  'request-timeout': caller(408, 'the request did not arrive in time'),
  'unsupported-version': caller(505, 'only HTTP/1.0, HTTP/1.1 and HTTP/2 are spoken here'),
  'unsupported-coding': caller(501, 'the only transfer coding understood here is chunked'),
  'unsupported-upgrade': caller(
    501,
    'an upgrade needs a GET without a body over HTTP/1.1, and CONNECT is refused',
  ),
  'unsupported-expectation': caller(417, 'the only expectation understood here is 100-continue'),
  'downstream-gone': {
    status: 0,
    envoyFlag: 'DC',
    flags: HopFlag.DOWNSTREAM_GONE,
    close: true,
    blame: 'caller',
    message: 'the caller closed its connection before the answer was complete',
  },
  'no-route': {
    status: 404,
    envoyFlag: 'NR',
    flags: HopFlag.NO_ROUTE,
    close: false,
    blame: 'caller',
    message: 'no route matches this request',
  },
  'access-denied': {
    status: 403,
    envoyFlag: 'UAEX',
    flags: HopFlag.DENIED,
    close: false,
    blame: 'caller',
    message: 'RBAC: access denied',
  },
  'rate-limited': {
    status: 429,
    envoyFlag: 'RL',
    flags: HopFlag.RATE_LIMITED,
    close: false,
    blame: 'caller',
    message: 'local_rate_limited',
  },
  'no-endpoint': service(503, 'UH', HopFlag.NO_ENDPOINT, 'no instance is ready'),
  'connect-failure': service(503, 'UF', HopFlag.CONNECT_FAILURE, 'could not connect'),
  'identity-mismatch': service(
    503,
    'UF',
    HopFlag.CONNECT_FAILURE | HopFlag.WRONG_IDENTITY,
    'the other side is not who it should be',
  ),
  overflow: service(503, 'UO', HopFlag.OPEN_CIRCUIT, 'the circuit breaker is open'),
  'upstream-reset': service(503, 'UC', HopFlag.UPSTREAM_RESET, 'the connection was lost'),
  'refused-stream': service(503, 'UR', HopFlag.UPSTREAM_RESET, 'the service refused the stream'),
  'upstream-protocol': service(
    502,
    'UPE',
    HopFlag.UPSTREAM_PROTOCOL,
    'the answer breaks the rules of HTTP',
  ),
  timeout: service(504, 'UT', HopFlag.TIMEOUT, 'no complete answer within the timeout'),
  'per-try-timeout': service(504, 'UT', HopFlag.TIMEOUT, 'no answer within the per-try timeout'),
  'shadow-too-slow': {
    // Of a mirrored request, whose answer goes to nobody.
    status: 0,
    envoyFlag: 'UR',
    flags: 0,
    close: false,
    blame: 'service',
    message: 'the shadow took the body more slowly than the caller sent it',
  },
  'stream-idle': service(504, 'SI', HopFlag.IDLE_TIMEOUT, 'nothing moved within the idle timeout'),
  'request-idle': {
    status: 408,
    envoyFlag: 'SI',
    flags: HopFlag.IDLE_TIMEOUT,
    close: true,
    blame: 'caller',
    message: 'nothing more of the request came within the idle timeout',
  },
  'per-try-idle-timeout': service(
    504,
    'SI',
    HopFlag.IDLE_TIMEOUT,
    'nothing moved within the per-try idle timeout',
  ),
  'tunnel-idle': {
    status: 0,
    envoyFlag: 'SI',
    flags: HopFlag.IDLE_TIMEOUT,
    close: true,
    blame: 'mesh',
    message: 'nothing moved for too long in either direction',
  },
  abort: {
    // The status is the fault's own.
    status: 503,
    envoyFlag: 'FI',
    flags: HopFlag.ABORT_INJECTED,
    close: false,
    blame: 'fault',
    message: 'a fault was injected on purpose',
  },
} as const satisfies Record<string, Failure>;

export type FailureCode = keyof typeof FAILURES;

/** The table's row, with the interface's type instead of the literal one. */
export function failureOf(code: FailureCode): Failure {
  return FAILURES[code];
}
