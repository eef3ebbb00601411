import { describe, expect, it } from 'vitest';
import { PodHomes } from '../../../src-main/engine/pod-homes.ts';
import type { PodWiring, Wired } from '../../../src-main/pod/messages.ts';
import type { Pod } from '../../../src-main/runtime/docker/pod.ts';

const WIRING: PodWiring = {
  names: [{ address: '127.7.0.1', names: ['back'] }],
  redirects: [],
  entries: [],
  open: [15_006],
};

/** A pod that says so of its means, and of `host.docker.internal`. */
function podOf(wired: Wired, about: { hostAddress?: string; failure?: string } = {}) {
  const laid: PodWiring[] = [];
  const addresses = {
    host: { host: '127.0.0.1', port: 32_768 },
    pod: { host: '172.18.0.2', port: 15_006 },
  };
  const { hostAddress, failure } = about;
  const pod: Pod = {
    networkMode: 'container:1',
    link: { send: () => {}, listen: () => {} },
    addresses,
    moreAddresses: {},
    ...(hostAddress !== undefined && { hostAddress }),
    wire(wiring) {
      laid.push(wiring);
      return Promise.resolve(wired);
    },
    probe: () => Promise.resolve(undefined),
    reach: () => Promise.resolve(failure),
    lost: new Promise(() => {}),
    remove: () => Promise.resolve(),
  };
  return { pod, laid };
}

function homesOf() {
  const said: string[] = [];
  return { homes: new PodHomes({ onEvent: (_, message) => said.push(message) }), said };
}

describe('a pod that is entered', () => {
  it('is shut until it is known what may get in', async () => {
    const { homes } = homesOf();
    const { pod, laid } = podOf({ means: 'nftables' }, { hostAddress: '172.18.0.1' });
    await homes.enter('a', pod, 8080, 1);
    expect(laid).toEqual([{ names: [], redirects: [], entries: [], open: [] }]);
    expect(homes.get('a')).toMatchObject({ workloadPort: 8080, redirect: 'nftables' });
  });

  it('is laid once for each change', async () => {
    const { homes } = homesOf();
    const { pod, laid } = podOf({ means: 'nftables' }, { hostAddress: '172.18.0.1' });
    await homes.enter('a', pod, 8080, 1);
    await homes.lay('a', WIRING);
    await homes.lay('a', { ...WIRING });
    expect(laid.slice(1)).toEqual([WIRING]);
  });

  it('is said to be open where nothing can be refused in it', async () => {
    const { homes, said } = homesOf();
    const { pod } = podOf({ means: 'none', reason: 'no nft' }, { hostAddress: '172.18.0.1' });
    await homes.enter('a', pod, 8080, 1);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^a runs permissive: .*no nft.* open to all pods$/);
  });
});

describe('the way from pods to this machine', () => {
  it('is its address in their network where it has one', async () => {
    const { homes } = homesOf();
    await homes.enter('a', podOf({ means: 'nftables' }, { hostAddress: '172.18.0.1' }).pod, 80, 1);
    expect(homes.wayToHost).toEqual({ bound: '172.18.0.1' });
    expect(homes.input.pods?.hostAddress).toBe('172.18.0.1');
  });

  it('is host.docker.internal where that is found to lead there', async () => {
    const { homes } = homesOf();
    await homes.enter('a', podOf({ means: 'nftables' }).pod, 80, 1);
    expect(homes.wayToHost).toEqual({ name: 'host.docker.internal' });
    expect(homes.input.pods?.hostAddress).toBeUndefined();
  });

  it('is none elsewhere, which is said', async () => {
    const { homes, said } = homesOf();
    await homes.enter('a', podOf({ means: 'nftables' }, { failure: 'not found' }).pod, 80, 1);
    expect(homes.wayToHost).toBeUndefined();
    expect(said[0]).toContain('pods cannot reach this machine (host.docker.internal: not found)');
  });
});
