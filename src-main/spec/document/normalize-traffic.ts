/** How a document treats calls to a service, to what it means. */
import { parseDuration } from '../../base/units.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { RoutePolicy, TrafficPolicy } from '../mesh.ts';
import type { RoutePolicyInput } from '../schema/route-policy.ts';
import type { TrafficInput } from '../schema/traffic.ts';
import { normalizeActions } from './normalize-actions.ts';
import { normalizeMatch } from './normalize-match.ts';
import { normalizeMirror } from './normalize-mirror.ts';
import { normalizeHedge, normalizeRetry } from './normalize-tries.ts';
import { normalizeUpstream } from './normalize-upstream.ts';

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
  const { split, overrides, mirror, timeout, idleTimeout, retry, hedge, callerOverrides } = input;
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
    ...(idleTimeout !== undefined && { idleTimeout: ms(idleTimeout) }),
    ...(retry && { retry: normalizeRetry(retry) }),
    ...(hedge && { hedge: normalizeHedge(hedge) }),
    ...(callerOverrides !== undefined && { callerOverrides }),
    ...normalizeActions(input),
  };
}

/** A duration that the schema has let through. */
function ms(text: string): Milliseconds {
  return parseDuration(text) as Milliseconds;
}
