import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { DocumentStore, MeshRefused } from '../../src-main/engine/document/document-store.ts';
import type { Mesh } from '../../src-main/spec/mesh.ts';
import { eventually } from '../support/eventually.ts';

const COMPOSE = `services:
  web:
    image: web:\${TAG:-1}
    env_file: web.env
    ports: ["8080:80"]
    depends_on: [db]
  db: { image: postgres }
`;

const stack = new CloseStack();
let folder = '';
let applied: Mesh[] = [];
let events: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-compose-'));
  applied = [];
  events = [];
  stack.add({ close: () => rmSync(folder, { recursive: true }) });
  write('docker-compose.yml', COMPOSE);
  write('web.env', 'LEVEL=1\n');
});
afterEach(() => stack.close());

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

function open(name = 'docker-compose.yml'): DocumentStore {
  const store = new DocumentStore(
    { file: join(folder, name) },
    {
      apply: (mesh) => {
        applied.push(mesh);
        return Promise.resolve([]);
      },
      onState: () => undefined,
      onEvent: (severity, message) => void events.push(`${severity} ${message}`),
    },
  );
  store.watch();
  stack.add(store);
  return store;
}

function workloadOf(mesh: Mesh | undefined, service = 'web'): unknown {
  return mesh?.services.find(({ name }) => name === service)?.versions[0]?.workload;
}

describe('a compose file that is opened', () => {
  it('is a mesh as it stands, with a document beside it that is not written yet', () => {
    const store = open();
    expect(store.path).toBe(join(folder, 'faultline.yaml'));
    expect(store.text).toContain('compose: docker-compose.yml\n');
    expect(store.mesh.services.map(({ name }) => name)).toEqual(['web', 'db']);
    expect(existsSync(store.path)).toBe(false);
  });

  it('gets its document with the first change, and has it from then on', async () => {
    const store = open();
    await store.edit(1, { kind: 'set-timeout', service: 'db', timeout: 2000 });
    const text = readFileSync(store.path, 'utf8');
    expect(text).toContain('compose: docker-compose.yml\n');
    expect(text).toContain('timeout: 2s');
    expect(readFileSync(join(folder, 'docker-compose.yml'), 'utf8')).toBe(COMPOSE);
    const again = open();
    expect(again.text).toBe(text);
    expect(again.mesh.traffic['db']?.timeout).toBe(2000);
  });

  it('leaves a document alone that is about something else', () => {
    write('faultline.yaml', 'mesh: other\nservices: { x: { command: x } }\n');
    expect(open().path).toBe(join(folder, 'faultline.docker-compose.yml'));
  });

  it('has the override beside it laid over it', () => {
    write('docker-compose.override.yml', 'services: { web: { user: me } }');
    expect(workloadOf(open().mesh)).toMatchObject({ image: 'web:1', user: 'me' });
  });
});

describe('a change of what a document refers to', () => {
  it('is applied to what runs, with its variables and files', async () => {
    const store = open();
    write('docker-compose.yml', COMPOSE.replace('image: postgres', 'image: postgres:17'));
    await eventually(() =>
      expect(workloadOf(applied.at(-1), 'db')).toMatchObject({ image: 'postgres:17' }),
    );
    write('web.env', 'LEVEL=2\n');
    await eventually(() =>
      expect(workloadOf(applied.at(-1))).toMatchObject({ env: { LEVEL: '2' } }),
    );
    // There was no such file before.
    write('.env', 'TAG=9\n');
    await eventually(() => expect(workloadOf(applied.at(-1))).toMatchObject({ image: 'web:9' }));
    expect(events.slice(1)).toEqual([
      'info web.env was saved and is applied',
      'info .env was saved and is applied',
    ]);
    expect(store.state().version).toBe(4);
    expect(existsSync(store.path)).toBe(false);
  });

  it('that is wrong is told with its place; what runs goes on, until it is mended', async () => {
    const store = open();
    write('docker-compose.yml', COMPOSE.replace('[db]', '[dbs]'));
    await eventually(() => expect(store.state().problems).not.toEqual([]));
    expect(store.state().problems).toMatchObject([
      { code: 'unknown-service', file: 'docker-compose.yml', line: 6, severity: 'error' },
    ]);
    expect(events).toEqual([
      expect.stringMatching(
        /^error .*, as it was saved, is refused: docker-compose.yml:6:\d+: web depends on "dbs"/,
      ),
    ]);
    expect(applied).toEqual([]);
    await expect(
      store.edit('newest', { kind: 'set-timeout', service: 'db', timeout: 2000 }),
    ).rejects.toThrow('web depends on "dbs"');
    write('docker-compose.yml', COMPOSE);
    await eventually(() => expect(store.state().problems).toEqual([]));
  });
});

describe('a compose file that cannot be run', () => {
  it('is refused with the text of the file that is wrong', () => {
    write('docker-compose.yml', 'services:\n  web: { image: "i:${TAG:?set it}" }\n');
    let refusal: unknown;
    try {
      open();
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(MeshRefused);
    const { problems, textOf } = refusal as MeshRefused;
    expect(problems).toMatchObject([{ file: 'docker-compose.yml', line: 2 }]);
    expect(textOf('docker-compose.yml')).toContain('TAG:?set it');
  });
});
