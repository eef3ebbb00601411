/** Every kind of policy, in the order in which their parts are put together. */
import type { PolicyKind } from '../../../spec/policies/kinds.ts';
import { compileAuthorization } from './authorization.ts';
import { compileCallerOverrides } from './caller-overrides.ts';
import { compileCircuitBreaker } from './circuit-breaker.ts';
import { compileConnectionPool } from './connection-pool.ts';
import { compileDirectResponse } from './direct-response.ts';
import { faultCompiler } from './fault.ts';
import { compileHeaders } from './headers.ts';
import { compileHealthCheck } from './health-check.ts';
import { compileHedge } from './hedge.ts';
import { compileLoadBalancing } from './load-balancing.ts';
import { compileIdentity } from './identity.ts';
import { compileMirror } from './mirror.ts';
import { compileIdleTimeout } from './idle-timeout.ts';
import { compileMtls } from './mtls.ts';
import { compileOutlierDetection } from './outlier-detection.ts';
import { compileOverride } from './override.ts';
import { compilePartition } from './partition.ts';
import type { CompilePolicy } from './policy.ts';
import { compileRateLimit } from './rate-limit.ts';
import { compileRedirect } from './redirect.ts';
import { compileRetry } from './retry.ts';
import { compileRewrite } from './rewrite.ts';
import { compileSplit } from './split.ts';
import { compileTimeout } from './timeout.ts';

export const COMPILE_POLICY = {
  split: compileSplit,
  override: compileOverride,
  mirror: compileMirror,
  timeout: compileTimeout,
  idleTimeout: compileIdleTimeout,
  retry: compileRetry,
  hedge: compileHedge,
  headers: compileHeaders,
  // Behind those, to add to them.
  callerOverrides: compileCallerOverrides,
  rewrite: compileRewrite,
  redirect: compileRedirect,
  directResponse: compileDirectResponse,
  loadBalancing: compileLoadBalancing,
  circuitBreaker: compileCircuitBreaker,
  connectionPool: compileConnectionPool,
  outlierDetection: compileOutlierDetection,
  healthCheck: compileHealthCheck,
  mtls: compileMtls,
  authorization: compileAuthorization,
  rateLimit: compileRateLimit,
  delay: faultCompiler('delay'),
  partition: compilePartition,
  nameNotFound: faultCompiler('nameNotFound'),
  connectionRefused: faultCompiler('connectionRefused'),
  down: faultCompiler('down'),
  abort: faultCompiler('abort'),
  identity: compileIdentity,
  silence: faultCompiler('silence'),
  responseHeaders: faultCompiler('responseHeaders'),
  corrupt: faultCompiler('corrupt'),
  truncate: faultCompiler('truncate'),
  limitData: faultCompiler('limitData'),
  bandwidth: faultCompiler('bandwidth'),
  slicer: faultCompiler('slicer'),
  slowClose: faultCompiler('slowClose'),
  resetPeer: faultCompiler('resetPeer'),
} as const satisfies Record<PolicyKind, CompilePolicy>;
