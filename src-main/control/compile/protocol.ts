/** What a service's declared protocol means for the proxies that lead to it. */
import type { ClusterConfig, ListenerConfig } from '../../proxy/config.ts';
import type { Service } from '../../spec/mesh.ts';

/** What the listener takes from its callers. */
export function listenerProtocol({ protocol }: Service): ListenerConfig['protocol'] {
  if (protocol === undefined) return 'auto';
  return protocol === 'tcp' || protocol === 'tls' ? protocol : 'http';
}

/** What requests are sent by: `http` is HTTP/1.1, as in Istio. */
export function upstreamProtocol({ protocol }: Service): Pick<ClusterConfig, 'protocol'> {
  if (protocol === 'http') return { protocol: 'http/1.1' };
  return protocol === 'http2' || protocol === 'grpc' ? { protocol: 'h2' } : {};
}
