import { describe, expect, it } from 'vitest';
import type { CompileInput } from '../../../src-main/control/compile/input.ts';
import { compileGateway, compileSidecar } from '../../../src-main/control/compile/proxies.ts';
import type { ProxyConfig } from '../../../src-main/proxy/config.ts';
import { SAMPLE, meshOf } from '../spec/document/sample.ts';

const leaf = { spiffeId: 'S', certificateChain: 'C', privateKey: 'K', notBefore: 0, notAfter: 1 };

function inputOf(text: string): CompileInput {
  return {
    mesh: meshOf(text),
    endpoints: [],
    spiffeId: (name) => name,
    trustBundle: 'T',
    faultyLeaf: () => ({ certificateChain: 'C', privateKey: 'K' }),
    faultsSince: new Map(),
  };
}

function ordersOf(text: string): ProxyConfig {
  const input = inputOf(text);
  const service = input.mesh.services.find(({ name }) => name === 'orders');
  const version = service?.versions[0];
  if (!service || !version) throw new Error('no orders');
  return compileSidecar(input, {
    id: 'o',
    index: 0,
    service,
    version,
    workloadPort: 7,
    leaf,
    ports: {},
  });
}

function withMirror(mirror: string, more = ''): string {
  return SAMPLE.replace('    timeout: 2s\n', `    timeout: 2s\n    mirror: ${mirror}\n${more}`);
}

const mirrors = ({ listeners }: ProxyConfig): unknown =>
  listeners.at(-1)?.routes.map(({ name, mirror }) => [name, mirror?.split]);

describe('a mirror, compiled', () => {
  it('is on the routes to the service, with its share', () => {
    const { listeners, clusters } = ordersOf(withMirror('{ version: v2, percentage: 10 }'));
    expect(listeners[1]?.routes[0]?.mirror).toEqual({
      percentage: 10,
      random: false,
      hostSuffix: true,
      split: [{ cluster: 'payments|v2', weight: 1 }],
    });
    expect(clusters.map(({ name }) => name)).toEqual(['local', 'payments|v1', 'payments|v2']);
  });

  it('brings the clusters of a service that the caller does not call, but no listener', () => {
    const { listeners, clusters } = ordersOf(withMirror('{ service: storefront }'));
    expect(clusters.map(({ name }) => name)).toContain('storefront|v1');
    expect(listeners.map(({ name }) => name)).toEqual(['inbound', 'outbound|payments']);
  });

  it('goes to all instances of a service alike where no version is named', () => {
    const text = withMirror('{ version: v2 }').replace(
      'traffic:\n',
      'traffic:\n  orders: { mirror: { service: payments } }\n',
    );
    const { listeners, clusters } = compileGateway(inputOf(text), { leaf });
    expect(listeners[0]?.routes[0]?.mirror?.split).toEqual([
      { cluster: 'payments|v1', weight: 1 },
      { cluster: 'payments|v2', weight: 2 },
    ]);
    expect(clusters.map(({ name }) => name)).toContain('payments|v2');
  });

  it("is the route's own, or the service's where that says nothing", () => {
    const routes = `    routes:
      - { name: off, match: { path: /off }, mirror: { version: v2, percentage: 0 } }
      - { name: other, match: { path: /other }, mirror: { version: v1 } }
      - { name: usual, match: { path: /usual } }
`;
    expect(mirrors(ordersOf(withMirror('{ version: v2 }', routes)))).toEqual([
      ['payments/off', undefined],
      ['payments/other', [{ cluster: 'payments|v1', weight: 1 }]],
      ['payments/usual', [{ cluster: 'payments|v2', weight: 1 }]],
      ['payments', [{ cluster: 'payments|v2', weight: 1 }]],
    ]);
  });

  it('is nothing where it is off, has no share, or the service speaks bytes', () => {
    expect(mirrors(ordersOf(withMirror('{ version: v2 }', '    disabled: [mirror]\n')))).toEqual([
      ['payments', undefined],
    ]);
    expect(mirrors(ordersOf(withMirror('{ version: v2, percentage: 0 }')))).toEqual([
      ['payments', undefined],
    ]);
    const bytes = withMirror('{ version: v2 }').replace(
      '  payments:\n',
      '  payments:\n    protocol: tcp\n',
    );
    expect(mirrors(ordersOf(bytes))).toEqual([['payments', undefined]]);
  });
});
