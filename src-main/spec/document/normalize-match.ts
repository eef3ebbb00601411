/** A match of the document to what it means, and back to how a person writes it. */
import type { MatchCondition, RequestMatch } from '../request-match.ts';
import type { MatchInput, ValueMatchInput } from '../schema/match.ts';
import type { Value } from './write.ts';

type Named = Readonly<Record<string, ValueMatchInput>>;

export function normalizeMatch(input: MatchInput): RequestMatch {
  const { caller } = input;
  const headers = Object.entries(input.headers ?? {}).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  const exact = headers.flatMap(([name, value]) => {
    const whole = typeof value === 'string' ? value : value.exact;
    return whole === undefined ? [] : [[name, whole] as const];
  });
  const others = headers.filter(
    ([, value]) => typeof value !== 'string' && value.exact === undefined,
  );
  const conditions = [
    ...pathCondition(input.path),
    ...methodCondition(input.method),
    ...namedConditions('header', Object.fromEntries(others)),
    ...namedConditions('query', input.query ?? {}),
    ...namedConditions('cookie', input.cookies ?? {}),
  ];
  const prefix = typeof input.path === 'string' ? input.path : input.path?.prefix;
  const method = oneMethod(input.method);
  return {
    ...(prefix !== undefined && { path: prefix }),
    ...(method !== undefined && { method }),
    ...(exact.length > 0 && { headers: Object.fromEntries(exact) }),
    ...(conditions.length > 0 && { conditions }),
    ...(caller !== undefined && {
      caller: typeof caller === 'string' ? { service: caller } : caller,
    }),
  };
}

function oneMethod(given: MatchInput['method']): string | undefined {
  if (typeof given === 'string') return given;
  return given?.length === 1 ? given[0] : undefined;
}

function pathCondition(given: MatchInput['path']): MatchCondition[] {
  if (given === undefined || typeof given === 'string') return [];
  const { exact, regex } = given;
  if (exact !== undefined) return [{ of: 'path', name: '', by: 'exact', values: [exact] }];
  return regex === undefined ? [] : [{ of: 'path', name: '', by: 'regex', values: [regex] }];
}

function methodCondition(given: MatchInput['method']): MatchCondition[] {
  if (given === undefined || oneMethod(given) !== undefined) return [];
  return [{ of: 'method', name: '', by: 'exact', values: [...given] }];
}

/** Of one message's headers, each condition by itself. */
export function headerConditions(headers: Named): MatchCondition[] {
  const lower = Object.entries(headers).map(([name, given]) => [name.toLowerCase(), given]);
  return namedConditions('header', Object.fromEntries(lower) as Named);
}

function namedConditions(of: MatchCondition['of'], named: Named): MatchCondition[] {
  return Object.entries(named).map(([name, given]): MatchCondition => {
    if (typeof given === 'string') return { of, name, by: 'exact', values: [given] };
    const { exact, prefix, regex, present } = given;
    if (exact !== undefined) return { of, name, by: 'exact', values: [exact] };
    if (prefix !== undefined) return { of, name, by: 'prefix', values: [prefix] };
    if (regex !== undefined) return { of, name, by: 'regex', values: [regex] };
    return { of, name, by: present === false ? 'absent' : 'present', values: [] };
  });
}

/** As a person would write it; undefined where it takes every request. */
export function matchValue(match: RequestMatch): { [key: string]: Value } | undefined {
  const { path, method, headers, conditions = [], caller } = match;
  const of = (subject: MatchCondition['of']): MatchCondition[] =>
    conditions.filter((one) => one.of === subject);
  const allHeaders = { ...headers, ...namedValues(of('header')) };
  const [pathGiven] = of('path');
  const [methods] = of('method');
  const query = namedValues(of('query'));
  const cookies = namedValues(of('cookie'));
  const value: { [key: string]: Value } = {
    ...(path !== undefined && { path }),
    ...(pathGiven && { path: { [pathGiven.by]: pathGiven.values[0] ?? '' } }),
    ...(method !== undefined && { method }),
    ...(methods && { method: methods.values }),
    ...(Object.keys(allHeaders).length > 0 && { headers: allHeaders }),
    ...(Object.keys(query).length > 0 && { query }),
    ...(Object.keys(cookies).length > 0 && { cookies }),
    ...(caller && { caller: callerValue(caller) }),
  };
  return Object.keys(value).length > 0 ? value : undefined;
}

/** As a person would write it. */
export function headersValue(conditions: readonly MatchCondition[]): { [key: string]: Value } {
  return namedValues(conditions);
}

function namedValues(conditions: readonly MatchCondition[]): { [key: string]: Value } {
  return Object.fromEntries(
    conditions.map(({ name, by, values: [value = ''] }): [string, Value] => {
      if (by === 'exact') return [name, value];
      if (by === 'present' || by === 'absent') return [name, { present: by === 'present' }];
      return [name, { [by]: value }];
    }),
  );
}

function callerValue({ service, version }: NonNullable<RequestMatch['caller']>): Value {
  return version === undefined ? service : { service, version };
}
