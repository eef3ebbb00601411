/** Every kind of policy, in the order in which their parts are put together. */
import type { PolicyKind } from '../../../spec/policies/kinds.ts';
import { compileAbort } from './abort.ts';
import { compileDelay } from './delay.ts';
import { compileMtls } from './mtls.ts';
import { compileOverride } from './override.ts';
import type { CompilePolicy } from './policy.ts';
import { compileRetry } from './retry.ts';
import { compileSplit } from './split.ts';
import { compileTimeout } from './timeout.ts';

export const COMPILE_POLICY = {
  split: compileSplit,
  override: compileOverride,
  timeout: compileTimeout,
  retry: compileRetry,
  delay: compileDelay,
  abort: compileAbort,
  mtls: compileMtls,
} as const satisfies Record<PolicyKind, CompilePolicy>;
