import { describe, expect, it } from 'vitest';
import type { Imported } from '../../../../src-main/spec/document/imported.ts';
import { readMesh } from '../../../../src-main/spec/document/read.ts';
import type { ReadResult } from '../../../../src-main/spec/document/read.ts';
import type { Mesh } from '../../../../src-main/spec/mesh.ts';

const PLACE = { file: 'compose.yaml', line: 7, column: 3, endLine: 7, endColumn: 5 };

const IMPORTED: Imported = {
  services: {
    web: {
      container: { image: 'web', user: 'me' },
      env: { A: '1', B: '1' },
      calls: ['db'],
      publish: [{ hostPort: 80 }],
    },
    db: { container: { image: 'postgres' }, port: 5432, protocol: 'tcp' },
  },
  volumes: { data: { driver: 'local' } },
  gateway: { port: 0, routes: [{ service: 'web' }] },
  problems: [],
  placeOf: ([section, name]) =>
    section === 'services' && name === 'db' ? { place: PLACE, depth: 2 } : undefined,
};

function read(text: string, imported: Partial<Imported> = {}): ReadResult {
  return readMesh(`mesh: a\ncompose: compose.yaml\n${text}`, {
    file: 'faultline.yaml',
    folder: '/p',
    readCompose: () => ({ ...IMPORTED, ...imported }),
  });
}

function meshOf(text: string): Mesh {
  const result = read(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.mesh;
}

describe('a document that takes services from a compose file', () => {
  it('needs no more', () => {
    const { services, gateway, volumes } = meshOf('');
    expect(services.map(({ name }) => name)).toEqual(['web', 'db']);
    expect(gateway).toMatchObject({ port: 0, routes: [{ service: 'web' }] });
    expect(volumes).toMatchObject([{ name: 'data', driver: 'local' }]);
  });

  it('lays its own services over them, by name and key', () => {
    const { services } = meshOf(`services:
  web: { mtls: permissive, env: { B: 2 }, container: { image: other }, calls: [] }
  extra: { command: x }`);
    expect(services).toMatchObject([
      {
        name: 'web',
        mtls: 'permissive',
        calls: [],
        versions: [{ workload: { image: 'other', user: 'me', env: { A: '1', B: '2' } } }],
      },
      { name: 'db' },
      { name: 'extra', versions: [{ workload: { runtime: 'process' } }] },
    ]);
  });

  it('may run one of them as a process, with the environment that it has', () => {
    const { services } = meshOf('services: { web: { command: node x.mjs, runtime: process } }');
    expect(services[0]?.versions[0]).toMatchObject({
      runtimes: ['process', 'docker'],
      workload: { runtime: 'process', command: ['node', 'x.mjs'], env: { A: '1' } },
    });
  });

  it('may let a stub stand in for one', () => {
    const { services } = meshOf('services: { web: { stub: {} } }');
    expect(services[0]).toMatchObject({
      calls: ['db'],
      versions: [{ workload: { runtime: 'stub' } }],
    });
  });

  it('lays its gateway over the one that they have', () => {
    expect(meshOf('gateway: { port: 9000 }').gateway).toMatchObject({
      port: 9000,
      routes: [{ service: 'web' }],
    });
  });

  it('tells what is wrong with an imported service where it comes from', () => {
    const services = { ...IMPORTED.services, db: { container: { image: 'No Image' } } };
    expect(read('', { services })).toMatchObject({
      ok: false,
      problems: [{ code: 'wrong-value', ...PLACE }],
    });
    // What the document says itself is told there.
    expect(read('services: { db: { container: { image: "No Image" } } }')).toMatchObject({
      ok: false,
      problems: [{ code: 'wrong-value', file: 'faultline.yaml', line: 3 }],
    });
  });

  it('is not run with errors in the compose file, and tells its warnings', () => {
    const warning = { code: 'not-imported', severity: 'warning' as const, message: 'w', ...PLACE };
    expect(read('', { problems: [warning] })).toMatchObject({ ok: true, warnings: [warning] });
    const error = { ...warning, severity: 'error' as const };
    expect(read('', { problems: [warning, error] })).toMatchObject({
      ok: false,
      problems: [warning, error],
    });
  });

  it('cannot be read where nobody reads compose files', () => {
    const text = 'mesh: a\ncompose: x.yaml\n';
    expect(readMesh(text, { file: 'faultline.yaml', folder: '/p' })).toMatchObject({
      ok: false,
      problems: [{ line: 2, message: 'compose files cannot be read here' }],
    });
  });

  it('without one must have services', () => {
    expect(readMesh('mesh: a\n', { file: 'faultline.yaml', folder: '/p' })).toMatchObject({
      ok: false,
      problems: [{ code: 'missing-key', message: '"services" is missing in the document' }],
    });
  });
});
