/** AuthorizationPolicies: who may call. */
import type { AuthorizationPolicy } from '../../../spec/authorization.ts';
import type { Mesh } from '../../../spec/mesh.ts';
import type { Manifest } from '../manifest.ts';

/** Istio's trust domain and the account of its ingress gateway, where nothing else is installed. */
const TRUST_DOMAIN = 'cluster.local';
const INGRESS = `${TRUST_DOMAIN}/ns/istio-system/sa/istio-ingressgateway-service-account`;

export function authorizationPolicies(mesh: Mesh): Manifest[] {
  const active = (mesh.authorization?.policies ?? []).filter(({ enabled }) => enabled !== false);
  return active.map((policy) => {
    const { action, dryRun, name, service } = policy;
    const annotations = { 'istio.io/dry-run': 'true' };
    return {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name, namespace: mesh.namespace, ...(dryRun && { annotations }) },
      spec: {
        ...(service !== undefined && { selector: { matchLabels: { app: service } } }),
        action: action.toUpperCase(),
        rules: [rule(mesh, policy)],
      },
    };
  });
}

function rule(mesh: Mesh, { from, headers = {}, to }: AuthorizationPolicy): object {
  const source = sourceOf(mesh, from);
  const when = Object.entries(headers).map(([header, values]) => ({
    key: `request.headers[${header}]`,
    values,
  }));
  return {
    ...(Object.keys(source).length > 0 && { from: [{ source }] }),
    ...(Object.keys(to).length > 0 && { to: [{ operation: to }] }),
    ...(when.length > 0 && { when }),
  };
}

function sourceOf(mesh: Mesh, from: AuthorizationPolicy['from']): object {
  const { namespaces, principals = [], services = [] } = from;
  const ids = [
    ...services.map((name) =>
      name === 'gateway' ? INGRESS : `${TRUST_DOMAIN}/ns/${mesh.namespace}/sa/${name}`,
    ),
    ...principals.map((id) => principalOf(mesh, id)),
  ];
  return { ...(ids.length > 0 && { principals: ids }), ...(namespaces && { namespaces }) };
}

/** Without the scheme, and this mesh's trust domain is the cluster's there. */
function principalOf(mesh: Mesh, id: string): string {
  const plain = id.replace(/^spiffe:\/\//, '');
  const own = `${mesh.name}.local/`;
  return plain.startsWith(own) ? `${TRUST_DOMAIN}/${plain.slice(own.length)}` : plain;
}
