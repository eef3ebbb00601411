/** Authorization adds nothing to a caller's route: the callee's own sidecar enforces it. */
import type { AuthorizationPolicyConfig } from '../../../proxy/config.ts';
import type { AuthorizationPolicy } from '../../../spec/authorization.ts';
import type { Service } from '../../../spec/mesh.ts';
import type { CompileInput } from '../input.ts';
import type { CompilePolicy, RoutePart } from './policy.ts';

export const compileAuthorization: CompilePolicy = () => ({});

/** What the sidecar of a service's instances enforces on what arrives. */
export function inboundAuthorization(input: CompileInput, callee: Service): RoutePart {
  const { authorization } = input.mesh;
  if (!authorization) return {};
  const policies = authorization.policies
    .filter(({ enabled }) => enabled !== false)
    .filter(({ service }) => service === undefined || service === callee.name)
    .map((policy) => policyConfig(input, policy));
  if (policies.length === 0) return {};
  return { authorization: { namesRule: authorization.namesRule, policies } };
}

function policyConfig(input: CompileInput, policy: AuthorizationPolicy): AuthorizationPolicyConfig {
  const { action, dryRun, from, headers, name, to } = policy;
  const { namespaces, services, principals } = from;
  const ids = [...(services ?? []).map((one) => input.spiffeId(one)), ...(principals ?? [])];
  return {
    name,
    action,
    dryRun,
    ...(ids.length > 0 && { principals: ids }),
    ...(namespaces && { namespaces }),
    ...to,
    ...(headers && { headers }),
  };
}
