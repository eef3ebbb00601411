/** Retries and hedging of the document to what they mean, and back to how a person writes them. */
import { formatDuration, parseDuration } from '../../base/units.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { Hedge, Retry } from '../mesh.ts';
import { DEFAULT_RETRY_ON, LONGEST_RATE_LIMITED_BACK_OFF } from '../policies/retry.ts';
import type { RoutePolicyInput } from '../schema/route-policy.ts';
import { headerConditions, headersValue } from './normalize-match.ts';
import type { Value } from './write.ts';

type RetryInput = NonNullable<RoutePolicyInput['retry']>;
type HedgeInput = NonNullable<RoutePolicyInput['hedge']>;

export function normalizeRetry(input: RetryInput): Retry {
  const { attempts, on = [...DEFAULT_RETRY_ON], perTryTimeout, perTryIdleTimeout } = input;
  const { statusCodes, headers, backOff, rateLimitedBackOff: limited } = input;
  const { bufferBytes, ignorePreviousHosts } = input;
  const base = ms(backOff?.base ?? '0s');
  return {
    attempts,
    on,
    ...(perTryTimeout !== undefined && { perTryTimeout: ms(perTryTimeout) }),
    ...(perTryIdleTimeout !== undefined && { perTryIdleTimeout: ms(perTryIdleTimeout) }),
    ...(statusCodes && { statusCodes }),
    ...(headers && { headers: headerConditions(headers) }),
    // Envoy's default for max_interval.
    ...(backOff && { backOff: { base, max: backOff.max ? ms(backOff.max) : 10 * base } }),
    ...(limited && { rateLimitedBackOff: normalizeRateLimited(limited) }),
    ...(bufferBytes !== undefined && { bufferBytes }),
    ...(ignorePreviousHosts !== undefined && { ignorePreviousHosts }),
  };
}

type RateLimitedInput = NonNullable<RetryInput['rateLimitedBackOff']>;

function normalizeRateLimited({
  resetHeaders,
  max,
}: RateLimitedInput): NonNullable<Retry['rateLimitedBackOff']> {
  return {
    resetHeaders: Object.entries(resetHeaders).map(([name, format]) => ({
      name: name.toLowerCase(),
      format,
    })),
    max: max === undefined ? LONGEST_RATE_LIMITED_BACK_OFF : ms(max),
  };
}

export function normalizeHedge({ after, attempts = 1, onPerTryTimeout }: HedgeInput): Hedge {
  return {
    attempts,
    ...(after !== undefined && { after: ms(after) }),
    ...(onPerTryTimeout && { onPerTryTimeout }),
  };
}

export function retryValue(retry: Retry): Value {
  const { attempts, perTryTimeout, perTryIdleTimeout, on, statusCodes, headers } = retry;
  const { backOff, rateLimitedBackOff: limited, bufferBytes, ignorePreviousHosts } = retry;
  const usual = on.join() === DEFAULT_RETRY_ON.join();
  return {
    attempts,
    ...(perTryTimeout !== undefined && { perTryTimeout: formatDuration(perTryTimeout) }),
    ...(perTryIdleTimeout !== undefined && {
      perTryIdleTimeout: formatDuration(perTryIdleTimeout),
    }),
    ...(!usual && { on: [...on] }),
    ...(statusCodes && { statusCodes: [...statusCodes] }),
    ...(headers && { headers: headersValue(headers) }),
    ...(backOff && {
      backOff: { base: formatDuration(backOff.base), max: formatDuration(backOff.max) },
    }),
    ...(limited && {
      rateLimitedBackOff: {
        resetHeaders: Object.fromEntries(
          limited.resetHeaders.map(({ name, format }) => [name, format]),
        ),
        max: formatDuration(limited.max),
      },
    }),
    ...(bufferBytes !== undefined && { bufferBytes }),
    ...(ignorePreviousHosts === false && { ignorePreviousHosts }),
  };
}

/** A duration that the schema has let through. */
function ms(text: string): Milliseconds {
  return parseDuration(text) as Milliseconds;
}
