import { parseDuration } from '../../base/units.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { RateLimit, RequestMatch } from '../mesh.ts';
import type { RateLimitInput } from '../policies/rate-limit.ts';

export function normalizeRateLimit(input: RateLimitInput, match: RequestMatch): RateLimit {
  const { fillInterval, from, headers, maxTokens, name, perCaller, to, tokensPerFill } = input;
  return {
    name,
    ...(input.enabled === false && { enabled: false }),
    to,
    match,
    perCaller: perCaller ?? false,
    maxTokens,
    tokensPerFill: tokensPerFill ?? 1,
    // The schema has let it through.
    fillInterval: parseDuration(fillInterval) as Milliseconds,
    headers: headers ?? false,
    ...(from !== undefined && { from }),
  };
}
