/** All kinds of policy. */
import { abort } from './abort.ts';
import { authorization } from './authorization.ts';
import { callerOverrides } from './caller-overrides.ts';
import { delay } from './delay.ts';
import { directResponse } from './direct-response.ts';
import { headers } from './headers.ts';
import { hedge } from './hedge.ts';
import { idleTimeout } from './idle-timeout.ts';
import { identity } from './identity.ts';
import { partition } from './partition.ts';
import { nameNotFound } from './name-not-found.ts';
import { connectionRefused } from './connection-refused.ts';
import { down } from './down.ts';
import { silence } from './silence.ts';
import { responseHeaders } from './response-headers.ts';
import { corrupt } from './corrupt.ts';
import { truncate } from './truncate.ts';
import { limitData } from './limit-data.ts';
import { bandwidth } from './bandwidth.ts';
import { slicer } from './slicer.ts';
import { slowClose } from './slow-close.ts';
import { resetPeer } from './reset-peer.ts';
import type { PolicyKind } from './kinds.ts';
import { circuitBreaker } from './circuit-breaker.ts';
import { connectionPool } from './connection-pool.ts';
import { healthCheck } from './health-check.ts';
import { loadBalancing } from './load-balancing.ts';
import { mirror } from './mirror.ts';
import { mtls } from './mtls.ts';
import { outlierDetection } from './outlier-detection.ts';
import { override } from './override.ts';
import type { PolicyInfo } from './policy.ts';
import { rateLimit } from './rate-limit.ts';
import { redirect } from './redirect.ts';
import { retry } from './retry.ts';
import { rewrite } from './rewrite.ts';
import { split } from './split.ts';
import { timeout } from './timeout.ts';

export const POLICIES = {
  split,
  override,
  mirror,
  timeout,
  idleTimeout,
  retry,
  hedge,
  callerOverrides,
  headers,
  rewrite,
  redirect,
  directResponse,
  loadBalancing,
  circuitBreaker,
  connectionPool,
  outlierDetection,
  healthCheck,
  delay,
  partition,
  nameNotFound,
  connectionRefused,
  down,
  abort,
  identity,
  silence,
  responseHeaders,
  corrupt,
  truncate,
  limitData,
  bandwidth,
  slicer,
  slowClose,
  resetPeer,
  mtls,
  authorization,
  rateLimit,
} as const satisfies Record<PolicyKind, PolicyInfo>;
