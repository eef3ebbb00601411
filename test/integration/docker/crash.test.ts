/** What becomes of containers when their engine is killed. */
import { describe, expect, it } from 'vitest';
import { hasEngine } from '../../support/docker/engine.ts';
import { docker, ofMesh, runPods } from '../../support/docker/mesh.ts';
import { eventually } from '../../support/eventually.ts';
import { visit } from '../../support/visit.ts';

const one = 'command: node relay.mjs, workingFolder: SERVICES, health: /';
const documentOf = (name: string): string => `
mesh: ${name}
runtime: docker
container: { image: IMAGE }
gateway: { port: 0, routes: [{ path: /, service: front }] }
services:
  front: { ${one}, calls: [back] }
  back: { ${one} }
`;

describe.skipIf(!hasEngine)('an engine that is killed', { timeout: 240_000 }, () => {
  it('takes its sidecars along, and the next one removes what is left', async () => {
    const crashed = await runPods(documentOf('crashed'));
    const left = ofMesh(crashed, 'ps', '-aq');
    const networks = ofMesh(crashed, 'network', 'ls', '-q');
    expect([left.length, networks.length]).toEqual([4, 1]);
    process.kill(crashed.pid, 'SIGKILL');
    const sidecars = ['--filter', 'label=faultline.role=sidecar'];
    await eventually(() => expect(ofMesh(crashed, 'ps', '-q', ...sidecars)).toEqual([]), {
      within: 20_000,
      every: 100,
    });
    const next = await runPods(documentOf('next'));
    try {
      const there = docker('ps', '-aq').split('\n');
      expect(left.filter((id) => there.includes(id))).toEqual([]);
      expect(ofMesh(crashed, 'network', 'ls', '-q')).toEqual([]);
      expect(await visit(next.up.gateway.url)).toMatchObject({ status: 200 });
    } finally {
      await next.close();
      await crashed.close();
    }
  });
});
