/** Authorization (Envoy: RBAC filter): who may do what, by the identity of the caller. */
import { createAuthorizer } from '../../authorization/authorizer.ts';
import { normalizePath } from '../../authorization/request-path.ts';
import type { RouteConfig } from '../../config.ts';
import { HopFlag } from '../../hop.ts';
import type { RequestFilter } from './request-filter.ts';

export function createAuthorization({ authorization }: RouteConfig): RequestFilter | undefined {
  if (!authorization) return undefined;
  const authorizer = createAuthorizer(authorization);
  return {
    onRequest(request) {
      const denial = authorizer.decide(request.peerSpiffeId, request);
      if (!denial) return undefined;
      const { rule, dryRun } = denial;
      if (dryRun) return { kind: 'mark', flags: HopFlag.DENIED_DRY_RUN, rule };
      return {
        kind: 'respond',
        status: 403,
        code: 'access-denied',
        message: 'RBAC: access denied',
        ...(authorization.namesRule && { headers: [['x-faultline-denied-by', rule]] }),
        flags: HopFlag.DENIED,
        rule,
      };
    },
  };
}

/**
 * Rules about paths and the service must mean the same path, so the one that was looked at is the
 * one that goes on (Envoy's normalize_path).
 */
export function createPathNormalization({ authorization }: RouteConfig): RequestFilter | undefined {
  if (!authorization?.policies.some(({ paths }) => paths)) return undefined;
  return {
    onRequest({ head }) {
      const path = normalizePath(head.path);
      return path === head.path ? undefined : { kind: 'replace', head: { ...head, path } };
    },
  };
}
