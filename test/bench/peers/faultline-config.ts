/** The two sidecars of the hop, configured for a work. */
import { readFileSync } from 'node:fs';
import { DEFAULT_LIMITS } from '../../../src-main/proxy/config.ts';
import type { ListenerConfig, ProxyConfig, RouteConfig } from '../../../src-main/proxy/config.ts';
import { filterHeader, routePrefix, times } from '../work.ts';
import type { Work } from '../work.ts';
import type { PeerSetup } from './peer.ts';

export function callee(
  { folder, service, work }: PeerSetup,
  id: string,
  port: number,
): ProxyConfig {
  const endpoints = [{ id, host: '127.0.0.1', port: service }];
  const listener = { name: 'inbound', direction: 'inbound', port, mtls: 'strict' } as const;
  return {
    version: 1,
    limits: DEFAULT_LIMITS,
    node: { id, kind: 'sidecar', service: 'api', workloadVersion: 'v1' },
    identity: identity(folder, 'api'),
    listeners: [{ ...listener, ...common(work), routes: [route('local', {})] }],
    clusters: [
      { name: 'local', service: 'api', workloadVersion: 'v1', connectTimeout: 5000, endpoints },
    ],
  };
}

export function caller({ folder, inbound, outbound, work }: PeerSetup): ProxyConfig {
  const endpoints = [{ id: 'api', host: '127.0.0.1', port: inbound }];
  const mtls = { expectedSpiffeId: 'spiffe://bench.local/ns/default/sa/api' };
  const listener = { name: 'outbound', direction: 'outbound', mtls: 'disabled' } as const;
  return {
    version: 1,
    limits: DEFAULT_LIMITS,
    node: { id: 'web', kind: 'sidecar', service: 'web', workloadVersion: 'v1' },
    identity: identity(folder, 'web'),
    listeners: [{ ...listener, port: outbound, ...common(work), routes: routes(work) }],
    clusters: [
      { name: 'api', service: 'api', workloadVersion: 'v1', connectTimeout: 5000, endpoints, mtls },
    ],
  };
}

function common({ speaks }: Work): Pick<ListenerConfig, 'host' | 'protocol'> {
  return { host: '127.0.0.1', protocol: speaks === 'tcp' ? 'tcp' : 'http' };
}

function routes(work: Work): RouteConfig[] {
  const faults = times(work.filters, (i) => ({
    name: `filter ${i}`,
    match: { headers: { [filterHeader(i)]: 'on' } },
    random: false,
    abort: { status: 503, percentage: 100 },
  }));
  if (work.routes === 0) return [route('api', { faults })];
  return times(work.routes, (i) => {
    return route('api', { faults, name: `route ${i}`, match: { pathPrefix: routePrefix(i) } });
  });
}

function route(cluster: string, more: Partial<RouteConfig>): RouteConfig {
  const split = [{ cluster, weight: 1 }];
  return { name: 'all', match: {}, overrides: [], split, timeout: 0, faults: [], ...more };
}

function identity(folder: string, name: string): NonNullable<ProxyConfig['identity']> {
  const read = (file: string): string => readFileSync(`${folder}/${file}`, 'utf8');
  return {
    spiffeId: `spiffe://bench.local/ns/default/sa/${name}`,
    certificateChain: read(`${name}.pem`),
    privateKey: read(`${name}.key`),
    trustBundle: read('ca.pem'),
  };
}
