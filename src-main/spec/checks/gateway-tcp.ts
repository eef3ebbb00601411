/** The TCP routes of the gateway do not take each other's connections, nor the port for HTTP. */
import type { Finding } from '../document/finding.ts';
import type { GatewayTcpRoute } from '../mesh.ts';
import type { Check } from './check.ts';

export const gatewayTcp: Check = ({ mesh: { gateway } }) =>
  (gateway.tcp ?? []).flatMap((route, i, all): Finding[] => {
    if (route.port === 0) return [];
    if (route.port === gateway.port) {
      const message = `port ${route.port} is the gateway's port for HTTP`;
      return [{ code: 'port-conflict', message, path: ['gateway', 'tcp', i, 'port'] }];
    }
    const before = all.slice(0, i).find((one) => takesAllOf(one, route));
    if (!before) return [];
    const message = `this route never matches: "${before.name}" takes all its connections`;
    const advice = 'give each route a port of its own, or for TLS a host';
    const path = ['gateway', 'tcp', i];
    return [{ code: 'unreachable-route', severity: 'warning', message, advice, path, at: 'key' }];
  });

function takesAllOf(one: GatewayTcpRoute, other: GatewayTcpRoute): boolean {
  if (one.port !== other.port) return false;
  return one.host === undefined || one.host.toLowerCase() === other.host?.toLowerCase();
}
