/** How a document treats calls to a service, to what it means. */
import { parseDuration } from '../../base/units.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { RoutePolicy, TrafficPolicy } from '../mesh.ts';
import { DEFAULT_RETRY_ON } from '../policies/retry.ts';
import type { RoutePolicyInput } from '../schema/route-policy.ts';
import type { TrafficInput } from '../schema/traffic.ts';
import { normalizeActions } from './normalize-actions.ts';
import { normalizeMatch } from './normalize-match.ts';
import { normalizeMirror } from './normalize-mirror.ts';
import { normalizeUpstream } from './normalize-upstream.ts';

type Retry = NonNullable<RoutePolicy['retry']>;

export function normalizeTraffic(given: TrafficInput): TrafficPolicy {
  const { routes, ...input } = withoutDisabled(given);
  return {
    overrides: [],
    ...normalizePolicy(input),
    ...normalizeUpstream(input),
    ...(routes && {
      routes: routes.map(({ name, match = {}, ...policy }) => ({
        name,
        match: normalizeMatch(match),
        policy: normalizePolicy(policy),
      })),
    }),
  };
}

/** Without the keys that are switched off. */
function withoutDisabled<T extends { disabled?: readonly string[] | undefined }>(given: T): T {
  const { disabled } = given;
  if (!disabled) return given;
  const kept = Object.entries(given).filter(([key]) => !disabled.includes(key));
  return Object.fromEntries(kept) as T;
}

export function normalizePolicy(given: RoutePolicyInput): RoutePolicy {
  const input = withoutDisabled(given);
  const { split, overrides, mirror, timeout, retry } = input;
  return {
    ...(split && { split }),
    ...(overrides && {
      overrides: overrides.map(({ version, ...match }) => ({
        match: normalizeMatch(match),
        version,
      })),
    }),
    ...(mirror && { mirror: normalizeMirror(mirror) }),
    ...(timeout !== undefined && { timeout: ms(timeout) }),
    ...(retry && { retry: normalizeRetry(retry) }),
    ...normalizeActions(input),
  };
}

function normalizeRetry(input: NonNullable<RoutePolicyInput['retry']>): Retry {
  const { attempts, on = [...DEFAULT_RETRY_ON], perTryTimeout, statusCodes, backOff } = input;
  const base = ms(backOff?.base ?? '0s');
  return {
    attempts,
    on,
    ...(perTryTimeout !== undefined && { perTryTimeout: ms(perTryTimeout) }),
    ...(statusCodes && { statusCodes }),
    // Envoy's default for max_interval.
    ...(backOff && { backOff: { base, max: backOff.max ? ms(backOff.max) : 10 * base } }),
  };
}

/** A duration that the schema has let through. */
function ms(text: string): Milliseconds {
  return parseDuration(text) as Milliseconds;
}
