/**
 * The badge of each flag. A new flag does not compile until it has one here, or says why it has none.
 * A new badge is a file beside this one, its kind in `badge.ts` and in the contract, and its look in
 * the app's `topology/model/badges.ts`.
 */
import type { HopFlag } from '../../../proxy/hop.ts';
import type { FlagCounts } from '../flag-log.ts';
import { badAnswer } from './bad-answer.ts';
import { badRequest } from './bad-request.ts';
import type { Badge, Decorator } from './badge.ts';
import { callerGone } from './caller-gone.ts';
import { connectFailure } from './connect-failure.ts';
import { deniedDryRun } from './denied-dry-run.ts';
import { denied } from './denied.ts';
import { directResponse } from './direct-response.ts';
import { ejected } from './ejected.ts';
import { failover } from './failover.ts';
import { fault } from './fault.ts';
import { grpcFailure } from './grpc-failure.ts';
import { hedge } from './hedge.ts';
import { idleTimeout } from './idle-timeout.ts';
import { mirror } from './mirror.ts';
import { noEndpoint } from './no-endpoint.ts';
import { noRoute } from './no-route.ts';
import { openCircuit } from './open-circuit.ts';
import { panic } from './panic.ts';
import { rateLimit } from './rate-limit.ts';
import { reset } from './reset.ts';
import { retryAbandoned } from './retry-abandoned.ts';
import { retryLimit } from './retry-limit.ts';
import { retry } from './retry.ts';
import { timeout } from './timeout.ts';
import { wrongIdentity } from './wrong-identity.ts';

/** Why a flag has no badge. */
interface Without {
  readonly why: string;
}

export const BADGE_OF_FLAG: Record<keyof typeof HopFlag, Decorator | Without> = {
  DELAY_INJECTED: fault,
  ABORT_INJECTED: fault,
  FAULT_INJECTED: fault,
  RETRIED: retry,
  RETRY: { why: 'each of these follows one that is RETRIED' },
  RETRY_LIMIT: retryLimit,
  RETRY_ABANDONED: retryAbandoned,
  HEDGED: { why: 'one of each two is HEDGE_LOST, or was RETRIED' },
  HEDGE_LOST: hedge,
  TIMEOUT: timeout,
  CONNECT_FAILURE: connectFailure,
  UPSTREAM_RESET: reset,
  DOWNSTREAM_GONE: callerGone,
  NO_ROUTE: noRoute,
  NO_ENDPOINT: noEndpoint,
  DOWNSTREAM_PROTOCOL: badRequest,
  UPSTREAM_PROTOCOL: badAnswer,
  MTLS: { why: "it is the edge's lock" },
  WRONG_IDENTITY: wrongIdentity,
  RATE_LIMITED: rateLimit,
  DENIED: denied,
  DENIED_DRY_RUN: deniedDryRun,
  OPEN_CIRCUIT: openCircuit,
  EJECTED: ejected,
  PANIC: panic,
  FAILOVER: failover,
  MIRROR: mirror,
  DIRECT_RESPONSE: directResponse,
  TUNNEL: { why: "it is the edge's protocol" },
  GRPC_FAILURE: grpcFailure,
  IDLE_TIMEOUT: idleTimeout,
  OPEN: { why: 'it is not over yet: its record follows' },
};

/** Each once, in the order in which they are drawn: what was done on purpose, then what it led to. */
export const DECORATORS: readonly Decorator[] = [
  ...new Set(Object.values(BADGE_OF_FLAG).filter((one) => 'decorate' in one)),
];

/** All badges of a window of so many seconds. */
export function decorate(counts: FlagCounts, seconds: number): Badge[] {
  return DECORATORS.flatMap((one) => one.decorate(counts, seconds) ?? []);
}
