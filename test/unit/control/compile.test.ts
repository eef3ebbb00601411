import { describe, expect, it } from 'vitest';
import type { CompileInput } from '../../../src-main/control/compile/input.ts';
import { compileGateway, compileSidecar } from '../../../src-main/control/compile/proxies.ts';
import { DEFAULT_LIMITS } from '../../../src-main/proxy/config.ts';
import type { ProxyConfig, RouteConfig } from '../../../src-main/proxy/config.ts';
import { SAMPLE, meshOf } from '../spec/document/sample.ts';

const leaf = {
  spiffeId: 'spiffe://shop.local/ns/default/sa/x',
  certificateChain: 'C',
  privateKey: 'K',
  notBefore: 0,
  notAfter: 1,
};

/** A certificate that says what it is. */
const faultyLeaf: CompileInput['faultyLeaf'] = (service, flaw) => ({
  certificateChain: `${flaw} of ${service}`,
  privateKey: 'K',
});

function sidecarOf(text: string, name: string): ProxyConfig {
  const mesh = meshOf(text);
  const service = mesh.services.find((one) => one.name === name);
  const version = service?.versions[0];
  if (!service || !version) throw new Error(`no ${name}`);
  const endpoints = [
    {
      id: 'payments-v2-0',
      service: 'payments',
      version: 'v2',
      index: 0,
      host: '127.0.0.1',
      port: 9,
    },
  ];
  const spiffeId = (callee: string): string => `spiffe://shop.local/ns/default/sa/${callee}`;
  return compileSidecar(
    { mesh, endpoints, spiffeId, faultyLeaf, trustBundle: 'T', faultsSince: new Map() },
    {
      id: `${name}-v1-0`,
      service,
      version,
      index: 0,
      workloadPort: 7,
      leaf,
      ports: { inbound: 5 },
    },
  );
}

function gatewayOf(text: string): ProxyConfig {
  const input = {
    endpoints: [],
    spiffeId: (name: string) => name,
    trustBundle: 'T',
    faultyLeaf,
    faultsSince: new Map(),
  };
  return compileGateway({ mesh: meshOf(text), ...input }, { leaf });
}

describe('a port that a service publishes', () => {
  const text = (service: string): string =>
    `mesh: m\nservices:\n  web: { command: x, ${service} }\ntraffic:\n  web: { timeout: 2s }\n`;
  const published = (service: string): unknown[] =>
    gatewayOf(text(service))
      .listeners.filter(({ name }) => name.startsWith('published'))
      .map(({ name, host, port, protocol, routes }) => ({
        ...{ name, host, port, protocol, timeout: routes[0]?.timeout },
      }));

  it('is a listener of the gateway on loopback, with the policies of the service', () => {
    expect(published('port: 80, publish: [{ port: 80, hostPort: 8081 }]')).toEqual([
      {
        name: 'published|8081|',
        host: '127.0.0.1',
        port: 8081,
        protocol: 'auto',
        timeout: 2000,
      },
    ]);
  });

  it('speaks what the service does, where it is told to listen', () => {
    expect(
      published('protocol: tcp, publish: [{ hostPort: 5432, host: 0.0.0.0 }, { hostPort: 0 }]'),
    ).toMatchObject([
      { name: 'published|5432|0.0.0.0', host: '0.0.0.0', protocol: 'tcp' },
      { name: 'published|0|web|1', host: '127.0.0.1', port: 0 },
    ]);
  });

  it('leads to clusters that are there', () => {
    const { clusters } = gatewayOf(text('publish: [{ hostPort: 81 }]'));
    expect(clusters.map(({ name }) => name)).toEqual(['web|v1']);
  });

  it('may lead to another port than the first, which has clusters of its own', () => {
    const more =
      'port: 80, ports: [{ port: 90, protocol: tcp }], publish: [{ port: 90, hostPort: 1 }]';
    expect(published(more)).toMatchObject([{ port: 1, protocol: 'tcp', timeout: 2000 }]);
    const { clusters, listeners } = gatewayOf(text(more));
    expect(clusters.map(({ name }) => name)).toEqual(['web|v1', 'web|v1|90']);
    expect(listeners.at(-1)?.routes[0]?.split).toMatchObject([{ cluster: 'web|v1|90' }]);
  });
});

describe("a sidecar's configuration", () => {
  it('has an mTLS listener for its own workload, on the port that it had, and one for each callee', () => {
    const { listeners } = sidecarOf(SAMPLE, 'orders');
    expect(listeners.map(({ name, port, mtls }) => [name, port, mtls])).toEqual([
      ['inbound', 5, 'strict'],
      ['outbound|payments', 0, 'disabled'],
    ]);
  });

  it('carries the policies of the callee on the one route to it', () => {
    const route = sidecarOf(SAMPLE, 'orders').listeners[1]?.routes[0];
    expect(route).toMatchObject({
      timeout: 2000,
      retry: { attempts: 2, perTryTimeout: 500 },
      split: [
        { cluster: 'payments|v1', weight: 75 },
        { cluster: 'payments|v2', weight: 25 },
      ],
    });
  });

  it('knows only the endpoints that are ready, and who they must prove to be', () => {
    const clusters = sidecarOf(SAMPLE, 'orders').clusters;
    expect(clusters.map(({ name, endpoints }) => [name, endpoints.length])).toEqual([
      ['local', 1],
      ['payments|v1', 0],
      ['payments|v2', 1],
    ]);
    expect(clusters[1]?.mtls?.expectedSpiffeId).toBe('spiffe://shop.local/ns/default/sa/payments');
  });

  it("has the document's limits, and the defaults of those that it leaves out", () => {
    const { limits } = sidecarOf(
      `${SAMPLE}limits: { bodyBytes: 1000, headTimeout: 2s }\n`,
      'orders',
    );
    expect(limits).toEqual({ ...DEFAULT_LIMITS, bodyBytes: 1000, headTimeout: 2000 });
    expect(sidecarOf(SAMPLE, 'orders').limits).toEqual(DEFAULT_LIMITS);
  });

  it('leaves out faults that are off, and those of other callers', () => {
    const faultsOf = (text: string): unknown =>
      sidecarOf(text, 'orders').listeners[1]?.routes[0]?.faults;
    expect(faultsOf(SAMPLE)).toEqual([]);
    const on = SAMPLE.replace('    enabled: false\n', '');
    expect(faultsOf(on)).toMatchObject([
      { name: 'slow-payments', delay: { duration: 300, percentage: 50 } },
    ]);
    expect(faultsOf(on.replace('from: orders', 'from: gateway'))).toEqual([]);
    expect(faultsOf(on.replace('    from: orders\n', ''))).toHaveLength(1);
  });

  it('counts versions by their replicas without a split, and keeps routes to a service without any', () => {
    const without = SAMPLE.replace(/ {4}split:.*\n/, '');
    const weights = (text: string): unknown =>
      sidecarOf(text, 'orders').listeners[1]?.routes[0]?.split.map(({ weight }) => weight);
    expect(weights(without)).toEqual([1, 2]);
    expect(
      weights(
        without.replace('v1: {}', 'v1: { replicas: 0 }').replace('replicas: 2', 'replicas: 0'),
      ),
    ).toEqual([1, 1]);
  });

  it('has on every version of a callee how its instances are chosen', () => {
    const text = SAMPLE.replace('    timeout: 2s\n', '    loadBalancing: leastRequest\n');
    const { clusters } = sidecarOf(text, 'orders');
    expect(clusters.map(({ loadBalancing }) => loadBalancing?.algorithm)).toEqual([
      undefined,
      'leastRequest',
      'leastRequest',
    ]);
  });

  it("has on every version of a callee the caller's thresholds and how connections are kept", () => {
    const policies =
      '    circuitBreaker: { maxRequests: 7 }\n    connectionPool: { connectTimeout: 1s, idleTimeout: 2s }\n';
    const { clusters } = sidecarOf(SAMPLE.replace('    timeout: 2s\n', policies), 'orders');
    for (const cluster of clusters.slice(1)) {
      expect(cluster).toMatchObject({
        connectTimeout: 1000,
        connectionPool: { idleTimeout: 2000 },
        circuitBreaker: { maxRequests: 7, maxRetries: 3 },
      });
    }
    expect(clusters[0]?.circuitBreaker).toBeUndefined();
  });

  it('has neither identity nor TLS where mTLS is disabled', () => {
    const config = sidecarOf(
      SAMPLE.replace('mesh: shop\n', 'mesh: shop\nmtls: disabled\n'),
      'orders',
    );
    expect(config.identity).toBeUndefined();
    expect(config.listeners.every(({ mtls }) => mtls === 'disabled')).toBe(true);
    expect(config.clusters.some(({ mtls }) => mtls)).toBe(false);
  });
});

describe('the routes to a service', () => {
  const routed = SAMPLE.replace(
    '    timeout: 2s\n',
    `    timeout: 2s
    routes:
      - name: refunds
        match: { path: /refunds, method: [POST, PUT] }
        timeout: 9s
      - { name: for-storefront, match: { caller: storefront }, split: { v2: 100 } }
      - { name: for-orders, match: { caller: { service: orders, version: v1 } }, retry: { attempts: 5 } }
`,
  );
  const routesOf = (text: string): RouteConfig[] => [
    ...(sidecarOf(text, 'orders').listeners[1]?.routes ?? []),
  ];

  it('stand in order before the one for all others, each with what it leaves out filled in', () => {
    expect(routesOf(routed)).toMatchObject([
      {
        name: 'payments/refunds',
        match: {
          pathPrefix: '/refunds',
          conditions: [{ of: 'method', name: '', by: 'exact', values: ['POST', 'PUT'] }],
        },
        timeout: 9000,
        retry: { attempts: 2 },
      },
      { name: 'payments/for-orders', match: {}, timeout: 2000, retry: { attempts: 5 } },
      { name: 'payments', match: {}, timeout: 2000, retry: { attempts: 2 } },
    ]);
  });

  it('have the faults of all routes, and those that name them', () => {
    const on = routed.replace('    enabled: false\n', '    route: refunds\n');
    expect(routesOf(on).map(({ faults }) => faults.length)).toEqual([1, 0, 0]);
  });

  it("are the gateway's as well, within its own, which win", () => {
    const text = routed.replace(
      '{ path: /api, service: orders }',
      '{ path: /refunds/old, host: a.example, service: payments, timeout: 1s }',
    );
    const routes = gatewayOf(text).listeners[0]?.routes ?? [];
    expect(routes).toMatchObject([
      {
        name: 'payments/refunds',
        match: { host: 'a.example', pathPrefix: '/refunds/old' },
        timeout: 1000,
      },
      { name: 'payments', match: { host: 'a.example', pathPrefix: '/refunds/old' }, timeout: 1000 },
      { name: 'storefront' },
    ]);
  });
});

describe("a service's mode of mutual TLS", () => {
  const withMode = (mode: string): string =>
    SAMPLE.replace('  payments:\n    command', `  payments:\n    mtls: ${mode}\n    command`);

  it('is what its port takes; callers use mutual TLS wherever it is taken', () => {
    for (const [mode, isCalledByMtls] of [
      ['strict', true],
      ['permissive', true],
      ['disabled', false],
    ] as const) {
      const text = withMode(mode);
      expect(sidecarOf(text, 'payments').listeners[0]?.mtls).toBe(mode);
      expect(sidecarOf(text, 'orders').listeners[0]?.mtls).toBe('strict');
      const { clusters, identity } = sidecarOf(text, 'orders');
      expect(clusters[1]?.mtls !== undefined).toBe(isCalledByMtls);
      expect(identity).toBeDefined();
    }
  });
});

describe("a service's authorization", () => {
  it('is enforced by its own sidecar, with the policies for it and for all, by SPIFFE ID', () => {
    const text = `${SAMPLE}authorization:
  namesRule: false
  policies:
    - { name: a, service: payments, from: { services: [orders], principals: [x/*] } }
    - { name: b, action: deny, dryRun: true, to: { paths: [/x] } }
    - { name: c, service: orders }
`;
    const of = (service: string): unknown =>
      sidecarOf(text, service).listeners.map(({ routes }) => routes[0]?.authorization);
    const b = { name: 'b', action: 'deny', dryRun: true, paths: ['/x'] };
    const principals = ['spiffe://shop.local/ns/default/sa/orders', 'x/*'];
    const a = { name: 'a', action: 'allow', dryRun: false, principals };
    expect(of('payments')).toEqual([{ namesRule: false, policies: [a, b] }]);
    expect(of('storefront')).toEqual([{ namesRule: false, policies: [b] }, undefined]);
    expect(sidecarOf(SAMPLE, 'payments').listeners[0]?.routes[0]).not.toHaveProperty(
      'authorization',
    );
  });
});

describe("a service's rate limits", () => {
  it('are kept by its own sidecar, callers by SPIFFE ID', () => {
    const limit = 'name: x, to: payments, from: orders, maxTokens: 5, fillInterval: 2s';
    const text = `${SAMPLE}rateLimits:\n  - { ${limit}, match: { path: /charge } }\n`;
    expect(sidecarOf(text, 'payments').listeners[0]?.routes[0]?.rateLimits).toEqual([
      {
        name: 'x',
        caller: 'spiffe://shop.local/ns/default/sa/orders',
        match: { pathPrefix: '/charge' },
        perCaller: false,
        maxTokens: 5,
        tokensPerFill: 1,
        fillInterval: 2_000,
        headers: false,
      },
    ]);
    const others = sidecarOf(text, 'orders').listeners.flatMap(({ routes }) => routes);
    expect(others.every(({ rateLimits }) => rateLimits === undefined)).toBe(true);
  });
});

describe('a fault of identity', () => {
  const withFault = (fault: string, mtls = 'strict'): string =>
    `${SAMPLE.split('faults:')[0]}mtls: ${mtls}\nfaults:\n  - { name: f, to: payments, ${fault} }\n`;
  const faultyOf = (text: string, service: string): unknown =>
    sidecarOf(text, service).identity?.faulty;
  const expired = (of: string): unknown => ({
    expired: { certificateChain: `expired of ${of}`, privateKey: 'K' },
  });

  it('brings its certificate to the side that shows it, and to nobody else', () => {
    const client = withFault('identity: { shows: expired, percentage: 5 }');
    expect(faultyOf(client, 'orders')).toEqual(expired('orders'));
    expect([faultyOf(client, 'payments'), faultyOf(client, 'storefront')]).toEqual([
      undefined,
      undefined,
    ]);
    expect(sidecarOf(client, 'orders').listeners[1]?.routes[0]?.faults).toMatchObject([
      { name: 'f', identity: { shows: 'expired', side: 'client', percentage: 5 } },
    ]);
    const server = withFault('identity: { shows: expired, side: server }');
    expect(faultyOf(server, 'payments')).toEqual(expired('payments'));
    expect(faultyOf(server, 'orders')).toBeUndefined();
  });

  it('takes it away when it is switched off, for another caller, or in plain text', () => {
    for (const fault of [
      'enabled: false, identity: { shows: expired }',
      'from: gateway, identity: { shows: expired }',
      'identity: { shows: plainText }',
    ]) {
      expect(faultyOf(withFault(fault), 'orders')).toBeUndefined();
    }
    const plain = sidecarOf(withFault('identity: { shows: expired }', 'disabled'), 'orders');
    expect(plain.identity).toBeUndefined();
    expect(plain.listeners[1]?.routes[0]?.faults).toEqual([]);
  });
});

describe("the gateway's configuration", () => {
  it('has the routes in the order of the document', () => {
    const config = gatewayOf(SAMPLE);
    expect(config.listeners[0]).toMatchObject({
      name: 'gateway|8080',
      direction: 'gateway',
      port: 8080,
    });
    expect(config.listeners[0]?.routes.map(({ name, match }) => [name, match.pathPrefix])).toEqual([
      ['orders', '/api'],
      ['storefront', '/'],
    ]);
  });
});

describe("a caller's own headers", () => {
  const heeding = SAMPLE.replace(
    '    timeout: 2s\n',
    '    timeout: 2s\n    callerOverrides: true\n',
  );
  const removed = (route: RouteConfig | undefined): readonly string[] =>
    route?.requestHeaders?.remove ?? [];

  it('are heeded of services where the document says so, and go no further', () => {
    const route = sidecarOf(heeding, 'orders').listeners[1]?.routes[0];
    expect(route?.callerOverrides).toBe(true);
    expect(removed(route)).toContain('x-envoy-max-retries');
    const plain = sidecarOf(SAMPLE, 'orders').listeners[1]?.routes[0];
    expect([plain?.callerOverrides, removed(plain)]).toEqual([undefined, []]);
  });

  it('are taken off at the gateway as soon as any route heeds them', () => {
    const routes = gatewayOf(heeding).listeners[0]?.routes ?? [];
    expect(routes.map((route) => route.callerOverrides)).toEqual(routes.map(() => undefined));
    for (const route of routes) expect(removed(route)).toContain('x-envoy-retry-on');
    for (const route of gatewayOf(SAMPLE).listeners[0]?.routes ?? []) {
      expect(removed(route)).toEqual([]);
    }
  });
});
