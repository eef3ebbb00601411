/** Pods where nftables cannot be had: iptables, or nothing at all. */
import { describe, expect, it } from 'vitest';
import { hasEngine } from '../../support/docker/engine.ts';
import { bareImage, iptablesImage } from '../../support/docker/images.ts';
import { addressOf, runPods } from '../../support/docker/mesh.ts';
import { RpcClient } from '../../support/rpc-client.ts';
import type { RunningMesh } from '../../support/up.ts';
import { visit } from '../../support/visit.ts';

const DOCUMENT = `
mesh: fallbacks
runtime: docker
container: { image: IMAGE }
gateway: { port: 0, routes: [{ path: /, service: front }] }
services:
  front: { command: node relay.mjs, workingFolder: SERVICES, port: 8081, env: { NAME: front }, calls: [back], health: / }
  back: { command: node relay.mjs, workingFolder: SERVICES, port: 8080, env: { NAME: back }, health: / }
`;

async function ask(mesh: RunningMesh, path: string): Promise<unknown> {
  return JSON.parse((await visit(`${mesh.up.gateway.url}${path}`)).body);
}

describe.skipIf(!hasEngine)('a sidecar without nft', { timeout: 120_000 }, () => {
  it('lays the same rules by iptables', async () => {
    const mesh = await runPods(DOCUMENT, await iptablesImage());
    try {
      expect(await ask(mesh, '/ask?url=http://back:8080/')).toMatchObject({ status: 200 });
      const refused = await ask(mesh, `/raw?at=${addressOf(mesh, 'back')}:8080`);
      expect(refused).toEqual({ error: 'ECONNREFUSED' });
      expect((await eventsOf(mesh)).filter((one) => one.includes('permissive'))).toEqual([]);
    } finally {
      await mesh.close();
    }
  });

  it('and without iptables leads names to itself all the same, and says that ports are open', async () => {
    const mesh = await runPods(DOCUMENT, await bareImage());
    try {
      expect(await ask(mesh, '/ask?url=http://back:8080/')).toMatchObject({ status: 200 });
      const open = await ask(mesh, `/ask?url=http://${addressOf(mesh, 'back')}:8080/`);
      expect(open).toMatchObject({ status: 200 });
      const said = (await eventsOf(mesh)).filter((one) =>
        one.includes('back-v1-0-pod runs permissive'),
      );
      expect(said).toHaveLength(1);
      expect(said[0]).toContain('nft is not installed');
    } finally {
      await mesh.close();
    }
  });
});

/** What the timeline tells. */
async function eventsOf({ up }: RunningMesh): Promise<string[]> {
  const client = await RpcClient.connect(up.app.url);
  try {
    const { events } = await client.call('subscribe', {});
    return events.map(({ message }) => message);
  } finally {
    await client.close();
  }
}
