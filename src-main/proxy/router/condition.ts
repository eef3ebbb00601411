/** One condition of a match: a value of the request or of an answer, and how it is compared. */
import { RE2JS } from 're2js';
import type { MatchCondition } from '../config.ts';
import type { Fields, Matcher, RequestView } from './match.ts';

type Test = (value: string) => boolean;
/** Calls `test` with each value of the name until one fits. */
type Finder<T> = (message: T, test: Test) => boolean;

export function compileCondition(condition: MatchCondition): Matcher {
  return compare(FINDERS[condition.of](condition.name), condition);
}

/** Of a header, whosever message it is. */
export function compileHeaderCondition(condition: MatchCondition): (message: Fields) => boolean {
  return compare(findHeader(condition.name), condition);
}

function compare<T>(find: Finder<T>, condition: MatchCondition): (message: T) => boolean {
  if (condition.by === 'absent') return (message) => !find(message, any);
  const test = compileTest(condition);
  return (message) => find(message, test);
}

const any: Test = () => true;

function compileTest({ by, values }: MatchCondition): Test {
  switch (by) {
    case 'exact': {
      if (values.length === 1) return (value) => value === values[0];
      const wanted = new Set(values);
      return (value) => wanted.has(value);
    }
    case 'prefix':
      return (value) => values.some((prefix) => value.startsWith(prefix));
    case 'regex': {
      // The whole value, as Envoy's safe_regex and RE2's FullMatch take it; in linear time.
      const patterns = values.map((pattern) => RE2JS.compile(pattern));
      return (value) => patterns.some((pattern) => pattern.testExact(value));
    }
    default:
      return any;
  }
}

const FINDERS: Record<MatchCondition['of'], (name: string) => Finder<RequestView>> = {
  path:
    () =>
    ({ path }, test) =>
      test(withoutQuery(path)),
  method:
    () =>
    ({ method }, test) =>
      test(method),
  header: findHeader,
  query: findQuery,
  cookie: findCookie,
};

export function withoutQuery(path: string): string {
  const end = path.indexOf('?');
  return end < 0 ? path : path.slice(0, end);
}

function findHeader(name: string): Finder<Fields> {
  return ({ names, values }, test) => {
    for (let i = 0; i < names.length; i++) {
      if (names[i] === name && test(values[i] as string)) return true;
    }
    return false;
  };
}

/** The first of its name, as it stands in the URL (Envoy's query_parameters). */
function findQuery(name: string): Finder<RequestView> {
  return ({ path }, test) => {
    const start = path.indexOf('?');
    if (start < 0) return false;
    for (const part of path.slice(start + 1).split('&')) {
      const end = part.indexOf('=');
      if ((end < 0 ? part : part.slice(0, end)) !== name) continue;
      return test(end < 0 ? '' : part.slice(end + 1));
    }
    return false;
  };
}

/** Any of its name in any Cookie line: HTTP/2 sends one line for each (RFC 9113 §8.2.3). */
function findCookie(name: string): Finder<Fields> {
  const start = `${name}=`;
  return findHeaderValue('cookie', (line, test) =>
    line.split(';').some((part) => {
      const pair = part.trimStart();
      return pair.startsWith(start) && test(unquoted(pair.slice(start.length).trimEnd()));
    }),
  );
}

function findHeaderValue(
  name: string,
  inLine: (line: string, test: Test) => boolean,
): Finder<Fields> {
  const find = findHeader(name);
  return (request, test) => find(request, (line) => inLine(line, test));
}

/** RFC 6265 §4.1.1: a value may stand in quotes, which are no part of it for Envoy. */
function unquoted(value: string): string {
  const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
  return isQuoted ? value.slice(1, -1) : value;
}
