/** The control of each kind of policy. */
import type { PolicyKind } from '../../src-main/api/contract/index.ts';
import { abort } from './abort.ts';
import { authorization } from './authorization.ts';
import { bandwidth } from './bandwidth.ts';
import { callerOverrides } from './caller-overrides.ts';
import { circuitBreaker } from './circuit-breaker.ts';
import { connectionPool } from './connection-pool.ts';
import { connectionRefused } from './connection-refused.ts';
import type { AnyControl, Control } from './control.ts';
import { corrupt } from './corrupt.ts';
import { delay } from './delay.ts';
import { directResponse } from './direct-response.ts';
import { down } from './down.ts';
import { headers } from './headers.ts';
import { healthCheck } from './health-check.ts';
import { hedge } from './hedge.ts';
import { identity } from './identity.ts';
import { idleTimeout } from './idle-timeout.ts';
import { limitData } from './limit-data.ts';
import { loadBalancing } from './load-balancing.ts';
import { mirror } from './mirror.ts';
import { mtls } from './mtls.ts';
import { nameNotFound } from './name-not-found.ts';
import { outlierDetection } from './outlier-detection.ts';
import { override } from './override.ts';
import { partition } from './partition.ts';
import { rateLimit } from './rate-limit.ts';
import { redirect } from './redirect.ts';
import { resetPeer } from './reset-peer.ts';
import { responseHeaders } from './response-headers.ts';
import { retry } from './retry.ts';
import { rewrite } from './rewrite.ts';
import { silence } from './silence.ts';
import { slicer } from './slicer.ts';
import { slowClose } from './slow-close.ts';
import { split } from './split.ts';
import { timeout } from './timeout.ts';
import { truncate } from './truncate.ts';

const CONTROLS = {
  delay,
  slowClose,
  slicer,
  bandwidth,
  abort,
  silence,
  responseHeaders,
  corrupt,
  truncate,
  limitData,
  connectionRefused,
  down,
  nameNotFound,
  resetPeer,
  partition,
  identity,
  split,
  override,
  mirror,
  loadBalancing,
  timeout,
  idleTimeout,
  retry,
  hedge,
  callerOverrides,
  outlierDetection,
  healthCheck,
  circuitBreaker,
  connectionPool,
  rateLimit,
  headers,
  rewrite,
  redirect,
  directResponse,
  mtls,
  authorization,
} as const satisfies { [K in PolicyKind]: Control<K> };

/** In the order of the menus. */
export const CONTROL_KINDS = Object.keys(CONTROLS) as PolicyKind[];

/** What it is given is what the schema has let through, or is being typed: see `Control`. */
export function controlOf(kind: PolicyKind): AnyControl {
  return CONTROLS[kind] as unknown as AnyControl;
}
