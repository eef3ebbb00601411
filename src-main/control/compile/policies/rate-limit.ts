/** A rate limit adds nothing to a caller's route: the callee's own sidecar counts. */
import type { RateLimitConfig } from '../../../proxy/config.ts';
import type { RateLimit, Service } from '../../../spec/mesh.ts';
import type { CompileInput } from '../input.ts';
import { messageMatch } from '../match.ts';
import type { CompilePolicy, RoutePart } from './policy.ts';

export const compileRateLimit: CompilePolicy = () => ({});

/** What the sidecar of a service's instances refuses of what arrives. */
export function inboundRateLimits(input: CompileInput, callee: Service): RoutePart {
  const limits = (input.mesh.rateLimits ?? []).filter(
    ({ enabled, to }) => to === callee.name && enabled !== false,
  );
  return limits.length === 0 ? {} : { rateLimits: limits.map((one) => limitConfig(input, one)) };
}

function limitConfig(
  input: CompileInput,
  { from, match, to: _, ...rest }: RateLimit,
): RateLimitConfig {
  const caller = from !== undefined && { caller: input.spiffeId(from) };
  return { ...rest, ...caller, match: messageMatch(match) };
}
