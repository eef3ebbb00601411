/** Matches as a VirtualService has them. */
import { RE2JS } from 're2js';
import type { MatchCondition, RequestMatch } from '../../../spec/mesh.ts';

export type IstioMatch = Record<string, unknown>;

/**
 * Any of them must fit; none: every request does. Undefined where a VirtualService has no words for
 * it. Istio's `prefix` is not by segment: `/a` would take `/ab` too, so it is written as two matches.
 */
export function istioMatches(match: RequestMatch): IstioMatch[] | undefined {
  const { path, method, headers, conditions = [], caller } = match;
  if (!conditions.every((one) => isSayable(match, one))) return undefined;
  const of = (subject: MatchCondition['of']): MatchCondition[] =>
    conditions.filter((one) => one.of === subject);
  const [uri] = of('path');
  const [methods] = of('method');
  const allHeaders = {
    ...mapped(headers ?? {}, (exact) => ({ exact })),
    ...headerParts([...of('header'), ...of('cookie')].filter(({ by }) => by !== 'absent')),
  };
  const without = headerParts(
    [...of('header'), ...of('cookie')].filter(({ by }) => by === 'absent'),
  );
  const query = Object.fromEntries(of('query').map((one) => [one.name, queryPart(one)]));
  const rest: IstioMatch = {
    ...(method !== undefined && { method: { exact: method } }),
    ...(methods && { method: { regex: methods.values.join('|') } }),
    ...notEmpty('headers', allHeaders),
    ...notEmpty('withoutHeaders', without),
    ...notEmpty('queryParams', query),
    ...(caller && caller.service !== 'gateway' && { sourceLabels: labels(caller) }),
  };
  if (uri) return [{ uri: { [uri.by]: uri.values[0] }, ...rest }];
  if (path === undefined || path === '/') return Object.keys(rest).length > 0 ? [rest] : [];
  const plain = path.replace(/\/+$/, '');
  return [
    { uri: { exact: plain }, ...rest },
    { uri: { prefix: `${plain}/` }, ...rest },
  ];
}

/** One thing can be said of each part of a request. */
function isSayable(match: RequestMatch, condition: MatchCondition): boolean {
  const { of, name, by, values } = condition;
  const place = (one: MatchCondition): string =>
    one.of === 'cookie' ? 'header cookie' : `${one.of} ${one.name}`;
  const alone = (match.conditions ?? []).filter((one) => place(one) === place(condition));
  if (alone.length > 1) return false;
  if (of === 'method') return by === 'exact';
  if (of === 'path') return values.length === 1 && match.path === undefined;
  if (values.length > 1) return false;
  if (of === 'query') return by !== 'absent';
  return match.headers?.[of === 'cookie' ? 'cookie' : name] === undefined;
}

function headerParts(conditions: readonly MatchCondition[]): Record<string, unknown> {
  return Object.fromEntries(
    conditions.map((one) => {
      if (one.of === 'cookie') return ['cookie', { regex: cookiePattern(one) }];
      const { name, by, values } = one;
      // Istio: a name without a value asks for its presence.
      return [name, by === 'present' || by === 'absent' ? {} : { [by]: values[0] }];
    }),
  );
}

function queryPart({ by, values }: MatchCondition): Record<string, unknown> {
  return by === 'present' ? { regex: '.*' } : { [by]: values[0] };
}

/** Envoy knows no cookies in matches: a pattern for the whole header finds one. */
function cookiePattern({ name, by, values: [value = ''] }: MatchCondition): string {
  const text = {
    exact: RE2JS.quote(value),
    prefix: `${RE2JS.quote(value)}[^;]*`,
    regex: `(?:${value})`,
    present: '[^;]*',
    absent: '[^;]*',
  }[by];
  return `(?:.*;\\s*)?${RE2JS.quote(name)}="?${text}"?\\s*(?:;.*)?`;
}

function labels({ service, version }: NonNullable<RequestMatch['caller']>): Record<string, string> {
  return { app: service, ...(version !== undefined && { version }) };
}

function mapped<T, R>(from: Record<string, T>, to: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, to(value)]));
}

function notEmpty(key: string, value: object): IstioMatch {
  return Object.keys(value).length > 0 ? { [key]: value } : {};
}
