import { describe, expect, it } from 'vitest';
import type { CompileInput, SidecarInput } from '../../../src-main/control/compile/input.ts';
import { podWiring } from '../../../src-main/control/compile/pod-wiring.ts';
import { compileSidecar } from '../../../src-main/control/compile/proxies.ts';
import type { RedirectMeans } from '../../../src-main/pod/messages.ts';
import { meshOf } from '../spec/document/sample.ts';

const DOCUMENT = `
mesh: pods
runtime: docker
container: { image: node }
gateway: { port: 0, routes: [{ path: /, service: front }] }
services:
  front: { command: node front.mjs, port: 8080, calls: [back], reaches: [queue] }
  back: { command: node back.mjs, port: 8080, aliases: [back.pods] }
  queue: { container: { image: rabbitmq }, port: 5672, protocol: tcp, ports: [{ port: 15672, protocol: http }] }
`;

const VIRTUAL: Readonly<Record<string, string>> = { back: '127.7.0.1', queue: '127.7.0.2' };

const leaf = {
  spiffeId: 'spiffe://pods.local/ns/default/sa/x',
  certificateChain: 'C',
  privateKey: 'K',
  notBefore: 0,
  notAfter: 1,
};

function inputOf(text = DOCUMENT, hostAddress?: string): CompileInput {
  return {
    mesh: meshOf(text),
    endpoints: [
      {
        id: 'back-v1-0',
        service: 'back',
        version: 'v1',
        index: 0,
        host: '127.0.0.1',
        port: 32_768,
        pod: { host: '172.18.0.3', port: 15_006 },
      },
      {
        id: 'queue-v1-0',
        service: 'queue',
        version: 'v1',
        index: 0,
        host: '127.0.0.1',
        port: 32_769,
        pod: { host: '172.18.0.4', port: 15_006 },
        ports: {
          15672: {
            host: { host: '127.0.0.1', port: 32_770 },
            pod: { host: '172.18.0.4', port: 15_007 },
          },
        },
      },
    ],
    spiffeId: (name) => name,
    trustBundle: 'T',
    faultyLeaf: () => ({ certificateChain: 'C', privateKey: 'K' }),
    faultsSince: new Map(),
    pods: {
      ...(hostAddress !== undefined && { hostAddress }),
      virtualAddress: (name) => VIRTUAL[name] ?? '127.7.0.9',
    },
  };
}

function sidecarOf(input: CompileInput, name: string, redirect?: RedirectMeans): SidecarInput {
  const service = input.mesh.services.find((one) => one.name === name);
  const version = service?.versions[0];
  if (!service || !version) throw new Error(`no ${name}`);
  const ports = {
    'outbound|back': 41_001,
    'outbound|queue': 41_002,
    'outbound|queue|15672': 41_003,
  };
  const about = { id: `${name}-v1-0`, service, version, index: 0, workloadPort: 8080, leaf, ports };
  return { ...about, ...(redirect && { redirect }) };
}

describe("a pod's sidecar", () => {
  it('listens for others at the port that all know, and for its workload on loopback', () => {
    const input = inputOf();
    const { listeners } = compileSidecar(input, sidecarOf(input, 'front', 'nftables'));
    expect(listeners.map(({ name, host, port }) => [name, host, port])).toEqual([
      ['inbound', '0.0.0.0', 15_006],
      ['outbound|back', '127.0.0.1', 41_001],
      ['outbound|queue', '127.0.0.1', 41_002],
      ['outbound|queue|15672', '127.0.0.1', 41_003],
    ]);
  });

  it('calls other pods at their own addresses, by the port that was meant', () => {
    const input = inputOf();
    const { clusters } = compileSidecar(input, sidecarOf(input, 'front', 'nftables'));
    const endpoints = clusters.map(({ name, endpoints: [one] }) => [name, one?.host, one?.port]);
    expect(endpoints).toEqual([
      ['local', '127.0.0.1', 8080],
      ['back|v1', '172.18.0.3', 15_006],
      ['queue|v1', '172.18.0.4', 15_006],
      ['queue|v1|15672', '172.18.0.4', 15_007],
    ]);
  });

  it('has a listener for each of its ports, which leads to that port', () => {
    const input = inputOf();
    const config = compileSidecar(input, sidecarOf(input, 'queue', 'nftables'));
    expect(config.listeners).toMatchObject([
      {
        name: 'inbound',
        port: 15_006,
        protocol: 'tcp',
        routes: [{ split: [{ cluster: 'local' }] }],
      },
      {
        name: 'inbound|15672',
        port: 15_007,
        protocol: 'http',
        routes: [{ split: [{ cluster: 'local|15672' }] }],
      },
    ]);
    expect(config.clusters[1]).toMatchObject({
      name: 'local|15672',
      endpoints: [{ port: 15_672 }],
    });
  });

  it('listens at the virtual addresses themselves where nothing can be redirected', () => {
    const input = inputOf();
    const { listeners } = compileSidecar(input, sidecarOf(input, 'front', 'none'));
    expect(listeners.slice(1).map(({ host, port }) => `${host}:${port}`)).toEqual([
      '127.7.0.1:8080',
      '127.7.0.2:5672',
      '127.7.0.2:15672',
    ]);
  });
});

describe('a sidecar on this machine', () => {
  it('calls pods at their published ports, and listens for them where they reach it', () => {
    const input = inputOf(DOCUMENT, '172.18.0.1');
    const { listeners, clusters } = compileSidecar(input, sidecarOf(input, 'front'));
    expect(listeners.slice(0, 2).map(({ name, host, mtls }) => [name, host, mtls])).toEqual([
      ['inbound', '127.0.0.1', 'strict'],
      ['inbound|pods', '172.18.0.1', 'strict'],
    ]);
    expect(clusters[1]?.endpoints).toMatchObject([{ host: '127.0.0.1', port: 32_768 }]);
  });
});

describe("a pod's network", () => {
  it('leads every name and port of a peer to the listener for it', () => {
    const input = inputOf();
    const { names, redirects } = podWiring(input, sidecarOf(input, 'front', 'nftables'));
    expect(names).toEqual([
      { address: '127.7.0.1', names: ['back', 'back.pods'] },
      { address: '127.7.0.2', names: ['queue'] },
      { address: '127.0.0.1', names: ['front'] },
    ]);
    expect(redirects).toEqual([
      { address: '127.7.0.1', port: 8080, to: 41_001 },
      { address: '127.7.0.2', port: 5672, to: 41_002 },
      { address: '127.7.0.2', port: 15_672, to: 41_003 },
    ]);
  });

  it('is shut but for the sidecar where mutual TLS is strict', () => {
    const input = inputOf();
    const { entries, open } = podWiring(input, sidecarOf(input, 'queue', 'nftables'));
    expect([entries, open]).toEqual([[], [15_006, 15_007]]);
  });

  it('takes plain text at the own ports, by way of the sidecar, where that is allowed', () => {
    const input = inputOf(DOCUMENT.replace('runtime: docker', 'runtime: docker\nmtls: permissive'));
    const { entries } = podWiring(input, sidecarOf(input, 'queue', 'nftables'));
    expect(entries).toEqual([
      { port: 8080, to: 15_006 },
      { port: 15_672, to: 15_007 },
    ]);
  });

  it('redirects nothing where nothing can be', () => {
    const input = inputOf();
    expect(podWiring(input, sidecarOf(input, 'front', 'none')).redirects).toEqual([]);
  });
});
