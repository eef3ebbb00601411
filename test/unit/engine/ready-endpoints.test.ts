import { describe, expect, it } from 'vitest';
import { readyEndpoint } from '../../../src-main/engine/ready-endpoints.ts';
import type { EndpointFacts } from '../../../src-main/engine/ready-endpoints.ts';
import { planInstances } from '../../../src-main/runtime/instance.ts';
import { SAMPLE, meshOf } from '../spec/document/sample.ts';

const [spec] = planInstances(meshOf(SAMPLE));
if (!spec) throw new Error('the sample has no instance');

const READY = { id: spec.id, status: 'ready', restarts: 0 } as const;
const HERE: EndpointFacts = {
  spec,
  report: READY,
  pod: undefined,
  ports: { inbound: 40_001, 'inbound|pods': 40_002 },
};
const POD: EndpointFacts = {
  ...HERE,
  ports: {},
  pod: {
    addresses: {
      host: { host: '127.0.0.1', port: 32_768 },
      pod: { host: '172.18.0.2', port: 15_006 },
    },
    moreAddresses: {},
  },
};

describe('the addresses of an instance', () => {
  it('of this machine are on loopback, and for pods where a listener is bound for them', () => {
    const [endpoint] = readyEndpoint(HERE, { bound: '172.18.0.1' });
    expect(endpoint).toMatchObject({ host: '127.0.0.1', port: 40_001 });
    expect(endpoint?.pod).toEqual({ host: '172.18.0.1', port: 40_002 });
  });

  it('of this machine are those of loopback where a name leads pods there', () => {
    const [endpoint] = readyEndpoint(HERE, { name: 'host.docker.internal' });
    expect(endpoint?.pod).toEqual({ host: 'host.docker.internal', port: 40_001 });
  });

  it('of this machine are none for pods that do not get here', () => {
    expect(readyEndpoint(HERE, undefined)[0]?.pod).toBeUndefined();
  });

  it('in a pod are the published one for this machine, and its own for other pods', () => {
    const [endpoint] = readyEndpoint(POD, { bound: '172.18.0.1' });
    expect(endpoint).toMatchObject({
      host: '127.0.0.1',
      port: 32_768,
      pod: { host: '172.18.0.2', port: 15_006 },
    });
  });

  it('are none before it is ready', () => {
    expect(readyEndpoint({ ...HERE, report: { ...READY, status: 'starting' } }, undefined)).toEqual(
      [],
    );
    expect(readyEndpoint({ ...POD, report: undefined }, undefined)).toEqual([]);
  });
});
