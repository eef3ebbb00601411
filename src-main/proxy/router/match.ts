/** Whether a request fits a match of the configuration: compiled once, asked for every request. */
import type { RouteMatch } from '../config.ts';
import { compileCondition } from './condition.ts';

/** The header lines of a message; names in lower case. */
export interface Fields {
  readonly names: readonly string[];
  readonly values: readonly string[];
}

/** What routing and filters may know of a request. */
export interface RequestView extends Fields {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** As it was sent, port included. */
  readonly host: string;
}

export type Matcher = (request: RequestView) => boolean;

const always: Matcher = () => true;

/** Every given part must hold; an empty match fits all and costs nothing. */
export function compileMatch(match: RouteMatch): Matcher {
  const parts: Matcher[] = [];
  if (match.pathPrefix !== undefined && match.pathPrefix !== '/') {
    parts.push(byPathPrefix(match.pathPrefix));
  }
  if (match.method !== undefined) parts.push(byMethod(match.method));
  if (match.host !== undefined) parts.push(byHost(match.host));
  for (const [name, value] of Object.entries(match.headers ?? {})) {
    parts.push(byHeader(name.toLowerCase(), value));
  }
  for (const condition of match.conditions ?? []) parts.push(compileCondition(condition));
  if (parts.length === 0) return always;
  if (parts.length === 1) return parts[0] as Matcher;
  return (request) => parts.every((part) => part(request));
}

/** By segment: `/a` fits `/a`, `/a/`, `/a/b`, `/a?b`, and not `/ab` (Gateway API, PathPrefix). */
function byPathPrefix(given: string): Matcher {
  const prefix = given.replace(/\/+$/, '');
  return ({ path }) => {
    if (!path.startsWith(prefix)) return false;
    const next = path.charCodeAt(prefix.length);
    return Number.isNaN(next) || next === SLASH || next === QUESTION_MARK;
  };
}

const SLASH = 47;
const QUESTION_MARK = 63;

function byMethod(method: string): Matcher {
  return (request) => request.method === method;
}

function byHost(given: string): Matcher {
  const host = given.toLowerCase();
  return (request) => request.host.replace(/:[0-9]*$/, '').toLowerCase() === host;
}

function byHeader(name: string, value: string): Matcher {
  return ({ names, values }) => {
    for (let i = 0; i < names.length; i++) {
      if (names[i] === name && values[i] === value) return true;
    }
    return false;
  };
}
