/** Conditions put together: each said once, and none that the simple parts of a match say already. */
import type { MatchCondition, RequestMatch } from './request-match.ts';

/**
 * The simple parts and the conditions as one match; undefined where they contradict each other as
 * far as can be told. Whether two patterns have a text in common is not looked into.
 */
export function withConditions(
  match: RequestMatch,
  conditions: readonly MatchCondition[],
): RequestMatch | undefined {
  let result = match;
  const kept: MatchCondition[] = [];
  for (const condition of mergeValues(conditions)) {
    const narrowed = settle(result, condition);
    if (!narrowed) return undefined;
    result = narrowed.match;
    if (narrowed.condition) kept.push(narrowed.condition);
  }
  if (kept.some((one) => kept.some((other) => excludes(one, other)))) return undefined;
  const needed = kept.filter((one) => !kept.some((other) => makesNeedless(other, one)));
  return { ...result, ...(needed.length > 0 && { conditions: needed }) };
}

/** Several lists of values for one thing become what they share; each condition once. */
function mergeValues(conditions: readonly MatchCondition[]): MatchCondition[] {
  const merged = new Map<string, MatchCondition>();
  for (const condition of conditions) {
    const { of, name, by, values } = condition;
    const key = JSON.stringify(by === 'exact' ? [of, name, by] : [of, name, by, values]);
    const before = merged.get(key);
    const shared = before ? values.filter((value) => before.values.includes(value)) : values;
    merged.set(key, { ...condition, values: shared });
  }
  return [...merged.values()];
}

type Settled = { readonly match: RequestMatch; readonly condition?: MatchCondition } | undefined;

/** What a condition and the simple parts say of one another. */
function settle(match: RequestMatch, condition: MatchCondition): Settled {
  const { of, name, by, values } = condition;
  if (by === 'exact' && values.length === 0) return undefined;
  if (of === 'path' && by === 'exact') {
    const { path: prefix = '/', ...rest } = match;
    const within = values.filter((path) => isWithin(path, prefix));
    return within.length > 0
      ? { match: rest, condition: { ...condition, values: within } }
      : undefined;
  }
  if (of === 'method' && by === 'exact') {
    const { method } = match;
    if (method !== undefined) return values.includes(method) ? { match } : undefined;
    if (values.length === 1) return { match: { ...match, method: values[0] } };
  }
  const header = of === 'header' ? match.headers?.[name] : undefined;
  if (header === undefined || by === 'regex') return { match, condition };
  return fits(header, condition) ? { match } : undefined;
}

function fits(text: string, { by, values }: MatchCondition): boolean {
  if (by === 'exact') return values.includes(text);
  if (by === 'prefix') return values.some((value) => text.startsWith(value));
  return by === 'present';
}

function isSameSubject(one: MatchCondition, other: MatchCondition): boolean {
  return one.of === other.of && one.name === other.name;
}

function excludes(one: MatchCondition, other: MatchCondition): boolean {
  return one.by === 'absent' && other.by !== 'absent' && isSameSubject(one, other);
}

/** Where a value is asked for, that it is there goes without saying. */
function makesNeedless(one: MatchCondition, other: MatchCondition): boolean {
  return other.by === 'present' && one.by !== 'present' && isSameSubject(one, other);
}

/** Whether every path below `path` lies below `prefix`, by segment. */
export function isWithin(path: string, prefix: string): boolean {
  return `${withoutSlash(path)}/`.startsWith(`${withoutSlash(prefix)}/`);
}

/** A slash at the end of a prefix says nothing. */
export function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '');
}
