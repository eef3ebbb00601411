/**
 * Faultline's side of the benchmark: one data plane, as one worker runs it, with both sidecars of the
 * hop. Telemetry is on: hops are written, flushed and handed over as to the engine.
 * Arguments: outbound port, inbound port, service's port, folder of certificates, further sidecars.
 */
import { readFileSync } from 'node:fs';
import { systemChance } from '../../../src-main/base/chance.ts';
import { systemClock } from '../../../src-main/base/clock.ts';
import { DEFAULT_LIMITS } from '../../../src-main/proxy/config.ts';
import type { ProxyConfig, RouteConfig } from '../../../src-main/proxy/config.ts';
import { DataPlane } from '../../../src-main/proxy/data-plane.ts';

const [outbound, inbound, service] = process.argv.slice(2, 5).map(Number) as [
  number,
  number,
  number,
];
const folder = process.argv[5] ?? '';
const further = Number(process.argv[6] ?? 0);

const read = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8');

function identity(name: string): NonNullable<ProxyConfig['identity']> {
  return {
    spiffeId: `spiffe://bench.local/ns/default/sa/${name}`,
    certificateChain: read(`${name}.pem`),
    privateKey: read(`${name}.key`),
    trustBundle: read('ca.pem'),
  };
}

function route(cluster: string): RouteConfig {
  return {
    name: 'all',
    match: {},
    overrides: [],
    split: [{ cluster, weight: 1 }],
    timeout: 0,
    faults: [],
  };
}

function callee(id: string, port: number): ProxyConfig {
  const endpoints = [{ id, host: '127.0.0.1', port: service }];
  return {
    version: 1,
    limits: DEFAULT_LIMITS,
    node: { id, kind: 'sidecar', service: 'api', workloadVersion: 'v1' },
    identity: identity('api'),
    listeners: [
      {
        name: 'inbound',
        direction: 'inbound',
        host: '127.0.0.1',
        port,
        protocol: 'http',
        mtls: 'strict',
        routes: [route('local')],
      },
    ],
    clusters: [
      { name: 'local', service: 'api', workloadVersion: 'v1', connectTimeout: 5000, endpoints },
    ],
  };
}

function caller(): ProxyConfig {
  const endpoints = [{ id: 'api', host: '127.0.0.1', port: inbound }];
  const mtls = { expectedSpiffeId: 'spiffe://bench.local/ns/default/sa/api' };
  return {
    version: 1,
    limits: DEFAULT_LIMITS,
    node: { id: 'web', kind: 'sidecar', service: 'web', workloadVersion: 'v1' },
    identity: identity('web'),
    listeners: [
      {
        name: 'outbound',
        direction: 'outbound',
        host: '127.0.0.1',
        port: outbound,
        protocol: 'http',
        mtls: 'disabled',
        routes: [route('api')],
      },
    ],
    clusters: [
      { name: 'api', service: 'api', workloadVersion: 'v1', connectTimeout: 5000, endpoints, mtls },
    ],
  };
}

let hops = 0;
const dataPlane = new DataPlane(
  (message) => {
    if (message.type === 'hops') hops += message.batch.count;
    if (message.type === 'refused') throw new Error(message.reason);
  },
  systemClock,
  systemChance,
);
await dataPlane.handle({ type: 'configure', config: callee('api', inbound) });
await dataPlane.handle({ type: 'configure', config: caller() });
const before = process.memoryUsage.rss();
for (let i = 0; i < further; i++) {
  await dataPlane.handle({ type: 'configure', config: callee(`further-${i}`, 0) });
}
if (further > 0) process.stdout.write(`${(process.memoryUsage.rss() - before) / further}\n`);
process.on('SIGTERM', () => {
  dataPlane.stop();
  process.exit(hops >= 0 ? 0 : 1);
});
