/** Whether one authorization policy fits a request or a connection; compiled once, asked for each. */
import type { AuthorizationPolicyConfig } from '../config.ts';
import type { RequestView } from '../router/match.ts';
import { compilePatterns } from './pattern.ts';
import { loosePath, withoutQuery } from './request-path.ts';

export interface Subject {
  readonly spiffeId: string;
  /** Undefined for a connection of bytes. */
  readonly request: RequestView | undefined;
}

export interface Policy {
  readonly name: string;
  fits(subject: Subject): boolean;
}

type Peer = (spiffeId: string) => boolean;
type Operation = (request: RequestView) => boolean;

/** Every given part must hold; of the values of a part one is enough. */
export function compilePolicy(config: AuthorizationPolicyConfig): Policy {
  const { action, name } = config;
  const peer = peerParts(config);
  const operation = operationParts(config);
  return {
    name,
    fits({ spiffeId, request }) {
      if (!peer.every((fits) => fits(spiffeId))) return false;
      if (operation.length === 0) return true;
      // As in Istio: bytes have no path to look at, so an allow policy that asks for one does not
      // fit, and a deny policy goes by the rest of it.
      if (!request) return action === 'deny';
      return operation.every((fits) => fits(request));
    },
  };
}

/** A caller in plain text has no identity, which no pattern fits. */
function peerParts({ principals, namespaces }: AuthorizationPolicyConfig): Peer[] {
  const parts: Peer[] = [];
  if (principals) {
    const fits = compilePatterns(principals.map(withoutScheme));
    parts.push((spiffeId) => fits(withoutScheme(spiffeId)));
  }
  if (namespaces) {
    const fits = compilePatterns(namespaces);
    parts.push((spiffeId) => fits(namespaceOf(spiffeId)));
  }
  return parts;
}

/** Istio's principals are SPIFFE IDs without their scheme; here both are taken. */
function withoutScheme(id: string): string {
  return id.replace(/^spiffe:\/\//, '');
}

function namespaceOf(spiffeId: string): string {
  return /\/ns\/([^/]+)\/sa\/[^/]+$/.exec(spiffeId)?.[1] ?? '';
}

function operationParts(config: AuthorizationPolicyConfig): Operation[] {
  const { action, methods, paths, hosts, headers = {} } = config;
  const isDeny = action === 'deny';
  const parts: Operation[] = [];
  if (methods) {
    const fits = compilePatterns(methods);
    parts.push(({ method }) => fits(method));
  }
  if (paths) parts.push(pathPart(paths, isDeny));
  if (hosts) parts.push(hostPart(hosts));
  for (const [name, values] of Object.entries(headers)) {
    parts.push(headerPart(name, values, isDeny));
  }
  return parts;
}

/** A deny policy also holds for what a lenient service may take the path for. */
function pathPart(patterns: readonly string[], isDeny: boolean): Operation {
  const fits = compilePatterns(patterns);
  return ({ path }) => fits(withoutQuery(path)) || (isDeny && fits(loosePath(path)));
}

/** Compared without case, with and without the port. */
function hostPart(patterns: readonly string[]): Operation {
  const fits = compilePatterns(patterns.map((one) => one.toLowerCase()));
  return (request) => {
    const host = request.host.toLowerCase();
    return fits(host) || fits(host.replace(/:[0-9]*$/, ''));
  };
}

/** Several lines count as one list, as in Envoy; for a deny policy each of them as well. */
function headerPart(name: string, patterns: readonly string[], isDeny: boolean): Operation {
  const fits = compilePatterns(patterns);
  return ({ names, values }) => {
    const given = values.filter((_, i) => names[i] === name);
    return fits(given.join(',')) || (isDeny && given.some(fits));
  };
}
