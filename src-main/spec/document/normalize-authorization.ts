import type { Authorization, AuthorizationPolicy } from '../authorization.ts';
import type { AuthorizationInput } from '../policies/authorization.ts';

export function normalizeAuthorization(input: AuthorizationInput): Authorization {
  return { namesRule: input.namesRule ?? true, policies: input.policies.map(normalizePolicy) };
}

function normalizePolicy(input: AuthorizationInput['policies'][number]): AuthorizationPolicy {
  const { action = 'allow', dryRun = false, from = {}, name, service, to = {}, when } = input;
  const headers = Object.entries(when?.headers ?? {});
  return {
    name,
    ...(input.enabled === false && { enabled: false }),
    action,
    dryRun,
    from: withoutAbsent(from),
    to: withoutAbsent(to),
    ...(service !== undefined && { service }),
    ...(headers.length > 0 && {
      headers: Object.fromEntries(headers.map(([key, values]) => [key.toLowerCase(), values])),
    }),
  };
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutAbsent<T extends object>(given: T): Present<T> {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Present<T>;
}
