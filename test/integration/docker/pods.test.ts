/** Containers as instances: who reaches whom, by which way, on a real engine. */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasEngine } from '../../support/docker/engine.ts';
import {
  addressOf,
  containerOf,
  docker,
  inspect,
  ofMesh,
  runPods,
} from '../../support/docker/mesh.ts';
import { eventually } from '../../support/eventually.ts';
import type { RunningMesh } from '../../support/up.ts';
import { recordedPids } from '../../support/processes.ts';
import { visit, visitMany } from '../../support/visit.ts';

const DOCUMENT = `
mesh: pods
runtime: docker
container: { image: IMAGE }
gateway:
  port: 0
  routes:
    - { path: /local, service: local }
    - { path: /, service: front }
services:
  front: { command: node relay.mjs, workingFolder: SERVICES, port: 8080, env: { NAME: front }, calls: [back, soft, moved, bytes, local], health: / }
  back: { command: node relay.mjs, workingFolder: SERVICES, port: 8080, ports: [{ port: 9090 }], env: { NAME: back, MORE_PORTS: 9090 }, health: / }
  soft: { command: node relay.mjs, workingFolder: SERVICES, port: 8080, env: { NAME: soft }, mtls: permissive, health: / }
  moved: { command: node relay.mjs, workingFolder: SERVICES, port: 18473, env: { NAME: moved }, health: / }
  bytes: { command: node greeter.mjs, workingFolder: SERVICES, port: 9000 }
  other: { command: node relay.mjs, workingFolder: SERVICES, env: { NAME: other } }
  local: { runtime: process, command: node relay.mjs, workingFolder: SERVICES, env: { NAME: local, HOST: 127.0.0.1 }, calls: [back] }
`;

interface Answer {
  readonly status?: number;
  readonly error?: string;
  readonly data?: string;
  readonly text?: string;
  /** What the one that was asked said. */
  readonly said?: { readonly name: string; readonly peer: string };
}

describe.skipIf(!hasEngine)('a mesh of containers', { timeout: 120_000 }, () => {
  let mesh: RunningMesh;
  beforeAll(async () => {
    mesh = await runPods(DOCUMENT);
  }, 120_000);
  afterAll(() => mesh.close());

  /** What `front` (or what the path leads to) answers. */
  async function ask(path: string): Promise<Answer> {
    const { body } = await visit(`${mesh.up.gateway.url}${path}`);
    const answer = JSON.parse(body) as Omit<Answer, 'said'> & { readonly body?: string };
    if (answer.body === undefined) return answer;
    return { ...answer, said: JSON.parse(answer.body) as NonNullable<Answer['said']> };
  }

  it('calls a peer by its name and port while it listens on the same port itself', async () => {
    const { status, said } = await ask('/ask?url=http://back:8080/');
    expect(status).toBe(200);
    expect(said?.name).toBe('back');
    expect(said?.peer).toContain('URI=spiffe://pods.local/ns/default/sa/front');
  });

  it("refuses a service's own port from another pod, which finds it by its name", async () => {
    const address = addressOf(mesh, 'back');
    expect(await ask(`/raw?at=${address}:8080`)).toEqual({ error: 'ECONNREFUSED' });
    expect((await ask('/ask?env=BACK_URL')).status).toBe(200);
  });

  it('takes plain text at the own port of a permissive service, by way of its sidecar', async () => {
    const { status, said } = await ask(`/ask?url=http://${addressOf(mesh, 'soft')}:8080/`);
    expect([status, said?.name, said?.peer]).toEqual([200, 'soft', '']);
    expect((await ask('/ask?url=http://soft:8080/')).said?.peer).toContain('sa/front');
  });

  it('passes on bytes of a service that speaks first', async () => {
    const { data } = await ask('/raw?at=bytes:9000');
    expect(data).toBe('welcome hello');
  });

  it('mixes containers and processes, in both directions', async () => {
    expect((await ask('/ask?url=http://local/')).said?.name).toBe('local');
    expect((await ask('/local/ask?env=BACK_URL')).said?.peer).toContain('sa/local');
  });

  it('has mutual TLS at every port of a service', async () => {
    const { said } = await ask('/ask?url=http://back:9090/');
    expect([said?.name, said?.peer.includes('sa/front')]).toEqual(['back', true]);
    expect(await ask(`/raw?at=${addressOf(mesh, 'back')}:9090`)).toEqual({ error: 'ECONNREFUSED' });
  });

  it('lets nobody in who has no certificate of the mesh', async () => {
    const { error } = await ask(`/ask?url=http://${addressOf(mesh, 'back')}:15006/`);
    expect(error).toBeDefined();
  });

  it('knows a new peer without a restart', async () => {
    expect((await ask('/ask?url=http://other/')).error).toMatch(/ENOTFOUND|EAI_AGAIN/);
    const before = inspect(mesh, 'front', 'workload', '{{.State.StartedAt}}');
    const text = await readFile(mesh.file, 'utf8');
    await writeFile(mesh.file, text.replace('bytes, local]', 'bytes, local, other]'));
    await eventually(async () => {
      expect((await ask('/ask?url=http://other/')).said?.name).toBe('other');
    });
    expect(inspect(mesh, 'front', 'workload', '{{.State.StartedAt}}')).toBe(before);
  });

  it('makes another pod where a sidecar was killed, and goes on', async () => {
    const before = containerOf(mesh, 'back', 'sidecar');
    execFileSync('docker', ['kill', before], { stdio: 'ignore' });
    await eventually(
      async () => {
        expect(containerOf(mesh, 'back', 'sidecar')).not.toBe(before);
        expect((await ask('/ask?url=http://back:8080/')).said?.name).toBe('back');
      },
      { within: 15_000 },
    );
  });

  it('keeps each sidecar below 40 MiB', async () => {
    const url = `${mesh.up.gateway.url}/ask?url=http://back:8080/`;
    await visitMany(2_000, 16, url);
    const ids = ['front', 'back'].map((service) => containerOf(mesh, service, 'sidecar'));
    const format = '{{.MemUsage}}';
    const said = docker('stats', '--no-stream', '--format', format, ...ids);
    const used = said.split('\n').map((line) => Number.parseFloat(line));
    expect(used).toHaveLength(2);
    for (const one of used) expect(one).toBeLessThan(40);
  });

  it('switches a service to a process and back, and no caller notices', async () => {
    const url = `${mesh.up.gateway.url}/ask?url=http://moved:18473/`;
    const text = await readFile(mesh.file, 'utf8');
    const callers = keepAsking(url);
    const container = ['--filter', 'label=faultline.instance=moved-v1-0-pod'];
    const start = '  moved: { command: node relay.mjs,';
    try {
      await writeFile(mesh.file, text.replace(start, `${start} runtime: process,`));
      await eventually(() => expect(ofMesh(mesh, 'ps', '-q', ...container)).toEqual([]), LONG);
      await writeFile(mesh.file, text);
      // The engine and `local`.
      const state = join(dirname(mesh.file), 'state');
      await eventually(() => expect(recordedPids(state)).toHaveLength(2), LONG);
    } finally {
      expect(await callers.end()).toEqual([]);
    }
  });
});

/** Asks until it is told to end; gives what was not answered well. */
function keepAsking(url: string): { end(): Promise<string[]> } {
  const failures: string[] = [];
  let isOver = false;
  const ended = (async () => {
    while (!isOver) {
      const { body } = await visit(url);
      if (!body.includes('"status":200')) failures.push(body);
    }
    return failures;
  })();
  return {
    end() {
      isOver = true;
      return ended;
    },
  };
}

const LONG = { within: 40_000, every: 100 };
/** Milliseconds; a machine that does other things besides needs more. */
const STOP_LIMIT = process.env['CI'] === 'true' ? 15_000 : 5_000;

describe.skipIf(!hasEngine)('ten pods', { timeout: 120_000 }, () => {
  it('are gone within five seconds, with their network', async () => {
    const one = 'command: node relay.mjs, workingFolder: SERVICES, health: /';
    const services = Array.from({ length: 10 }, (_, i) => `  s${i}: { ${one} }`).join('\n');
    const mesh = await runPods(`
mesh: ten
runtime: docker
container: { image: IMAGE }
gateway: { port: 0, routes: [{ path: /, service: s0 }] }
services:
${services}
`);
    expect(ofMesh(mesh, 'ps', '-q')).toHaveLength(20);
    const began = performance.now();
    await mesh.close();
    expect(performance.now() - began).toBeLessThan(STOP_LIMIT);
    expect(ofMesh(mesh, 'ps', '-aq')).toEqual([]);
    expect(ofMesh(mesh, 'network', 'ls', '-q')).toEqual([]);
  });
});
