/** Further tries. */
import type { CompilePolicy } from './policy.ts';

/** Envoy's defaults (retry_back_off). */
const BACK_OFF = { base: 25, max: 250 };

export const compileRetry: CompilePolicy = ({ policy }) => {
  const retry = policy.retry;
  if (!retry || retry.attempts === 0) return {};
  const { perTryTimeout = 0, backOff = BACK_OFF, ...rest } = retry;
  return { retry: { ...rest, perTryTimeout, backOff } };
};
