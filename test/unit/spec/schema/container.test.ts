import { describe, expect, it } from 'vitest';
import { readMesh } from '../../../../src-main/spec/document/read.ts';
import type { Version } from '../../../../src-main/spec/mesh.ts';
import { meshOf, problemsOf } from '../document/sample.ts';

const mesh = (service: string, top = ''): string =>
  `mesh: a\n${top}services:\n  b: ${service}\n  c: { command: x }\n`;

const version = (service: string, top?: string): Version | undefined =>
  meshOf(mesh(service, top)).services[0]?.versions[0];

const workload = (service: string, top?: string): unknown => version(service, top)?.workload;

describe('how a service runs', () => {
  it.each([
    ['as a process, with a command', '{ command: x }', '', 'process'],
    ['as a container, with one', '{ container: { image: i } }', '', 'docker'],
    ['as a container, with both', '{ command: x, container: { image: i } }', '', 'docker'],
    [
      'as it says itself',
      '{ command: x, container: { image: i }, runtime: process }',
      '',
      'process',
    ],
    [
      'as the mesh says',
      '{ command: x, container: { image: i } }',
      'runtime: process\n',
      'process',
    ],
    ['as the mesh says, in an image of its own', '{ command: x }', 'runtime: docker\n', 'docker'],
    ['in the only way there is', '{ container: { image: i } }', 'runtime: process\n', 'docker'],
    ['as a stub, where it is one', '{ stub: {} }', 'runtime: docker\n', 'stub'],
    [
      'as its version says',
      '{ command: x, runtime: process, versions: { v1: { runtime: docker } } }',
      '',
      'docker',
    ],
    [
      'as its service says, whatever the mesh prefers',
      '{ command: x, runtime: process }',
      'runtime: docker\n',
      'process',
    ],
  ])('%s', (_what, service, top, runtime) => {
    expect(workload(service, top)).toMatchObject({ runtime });
  });

  it('is what whoever starts the mesh says, before what the document says', () => {
    const text = mesh('{ command: x }', 'runtime: process\n');
    const result = readMesh(text, { file: 'f.yaml', folder: '/shop', runtime: 'docker' });
    expect(result).toMatchObject({
      ok: true,
      mesh: { services: [{ versions: [{ workload: { runtime: 'docker' } }] }, {}] },
    });
  });

  it('can be chosen where the document knows two ways', () => {
    expect(version('{ command: x, container: { image: i } }')?.runtimes).toEqual([
      'process',
      'docker',
    ]);
    expect(version('{ container: { image: i } }')?.runtimes).toBeUndefined();
  });

  it('needs a command where it is to be a process', () => {
    expect(problemsOf(mesh('{ container: { image: i }, runtime: process }'))).toEqual([
      expect.stringContaining('3:3 missing-key "command" is missing in services.b'),
    ]);
  });
});

describe('a command in a container', () => {
  it('runs in an image for Node and sees its working folder, which it cannot write', () => {
    const service = '{ command: node x.mjs, workingFolder: web, env: { A: 1 }, runtime: docker }';
    expect(workload(service)).toMatchObject({
      image: 'node:22-alpine',
      command: ['node', 'x.mjs'],
      workingFolder: '/shop/web',
      env: { A: '1' },
      mounts: [{ type: 'bind', source: '/shop/web', target: '/shop/web', readOnly: true }],
    });
  });

  it('runs in the container of the mesh, where that has one', () => {
    const top = 'container: { image: "python:3", memory: 64Mi }\n';
    expect(workload('{ command: x, runtime: docker }', top)).toMatchObject({
      image: 'python:3',
      memory: 64 * 1024 * 1024,
      command: ['x'],
    });
  });

  it("leaves a service's own container alone", () => {
    const top = 'container: { image: "python:3", memory: 64Mi }\n';
    const own = workload('{ container: { build: . } }', top) as Record<string, unknown>;
    expect(own).toMatchObject({ image: 'a-b:v1', build: { context: '/shop' } });
    expect(own).not.toHaveProperty('memory');
  });
});

describe('a container', () => {
  it('has every default filled in', () => {
    expect(workload('{ container: { image: i } }')).toEqual({
      runtime: 'docker',
      image: 'i',
      pull: 'missing',
      env: {},
      addresses: true,
      mounts: [],
      files: [],
      capAdd: [],
      capDrop: [],
      privileged: false,
      readOnly: false,
      init: false,
      tty: false,
      stdinOpen: false,
      ulimits: {},
      sysctls: {},
      securityOpt: [],
      devices: [],
      labels: {},
      stopGrace: 10_000,
      extraHosts: [],
      restart: { policy: 'always' },
    });
  });

  it('takes sizes, times and permissions in their units', () => {
    const container = `{ image: i, memory: 1.5g, shmSize: 64, stopGrace: 1m,
      mounts: [{ type: tmpfs, target: /t, size: 1k, mode: "1777" }],
      files: [{ target: /f, content: x, mode: "0o400" }],
      healthcheck: { test: pg_isready, interval: 5s } }`;
    expect(workload(`{ container: ${container} }`)).toMatchObject({
      memory: 1536 * 1024 * 1024,
      shmSize: 64,
      stopGrace: 60_000,
      mounts: [{ size: 1024, mode: 0o1777 }],
      files: [{ mode: 0o400 }],
      healthcheck: {
        test: ['CMD-SHELL', 'pg_isready'],
        interval: 5000,
        timeout: 30_000,
        retries: 3,
      },
    });
  });

  it('takes paths of the host from the folder of the document', () => {
    const container = `{ build: { context: ./b, args: { N: 1 } },
      mounts: [{ type: bind, source: data, target: /d }, { type: volume, source: data, target: /v }],
      files: [{ target: /f, source: secret.txt }] }`;
    expect(workload(`{ container: ${container} }`)).toMatchObject({
      build: { context: '/shop/b', args: { N: '1' } },
      mounts: [{ source: '/shop/data' }, { source: 'data' }],
      files: [{ source: '/shop/secret.txt' }],
    });
  });

  it('of a version lies over that of its service', () => {
    const text = mesh(
      '{ env: { X: 0 }, container: { image: i, env: { A: 1, B: 1 } }, versions: { v2: { container: { image: j, env: { B: 2 } } } } }',
    );
    expect(meshOf(text).services[0]?.versions[0]?.workload).toMatchObject({
      image: 'j',
      env: { X: '0', A: '1', B: '2' },
    });
  });

  it.each([
    ['no image', '{ cpus: 1 }', '3:8 missing-key the container of b has no image'],
    ['a name in capitals', '{ image: Postgres }', 'is no reference of an image'],
    [
      'an open quote',
      `{ image: i, command: 'sh -c "x' }`,
      'the command is empty or has an open quote',
    ],
    [
      'a bind of nothing',
      '{ image: i, mounts: [{ type: bind, target: /d }] }',
      'a bind needs a source',
    ],
    [
      'a size of a volume',
      '{ image: i, mounts: [{ type: volume, target: /d, size: 1m }] }',
      '"size" is for a tmpfs',
    ],
    [
      'a file from two places',
      '{ image: i, files: [{ target: /f, content: a, source: b }] }',
      'either "content" or "source"',
    ],
    ['a size without a meaning', '{ image: i, memory: much }', 'expected a size in bytes'],
    ['a relative target', '{ image: i, files: [{ target: f, content: a }] }', 'absolute path'],
    ['an unknown signal', '{ image: i, stopSignal: QUIT }', 'expected a signal'],
    ['an unknown key', '{ image: i, volumes: [] }', 'unknown key "volumes"'],
  ])('cannot have %s', (_what, container, message) => {
    const problems = problemsOf(mesh(`{ container: ${container} }`));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });

  it.each([
    'postgres',
    'postgres:17-alpine',
    'registry.example.com:5000/shop/cart_api:2.1',
    `ghcr.io/a/b@sha256:${'a'.repeat(64)}`,
  ])('may be made from %s', (image) => {
    expect(problemsOf(mesh(`{ container: { image: "${image}" } }`))).toEqual([]);
  });

  it('is built from a folder that there is', () => {
    const result = readMesh(mesh('{ container: { build: ./none } }'), {
      file: 'f.yaml',
      folder: '/shop',
      folderExists: (path) => path !== '/shop/none',
    });
    expect(result).toMatchObject({
      ok: false,
      problems: [
        { code: 'missing-folder', line: 3, message: 'the folder /shop/none does not exist' },
      ],
    });
  });
});

describe('volumes of the mesh', () => {
  it('are known to the engine by their names', () => {
    const top =
      'volumes: { data: null, nfs: { driver: local, options: { type: nfs }, external: true } }\n';
    expect(meshOf(mesh('{ container: { image: i } }', top)).volumes).toEqual([
      { name: 'data', options: {}, labels: {}, external: false },
      { name: 'nfs', driver: 'local', options: { type: 'nfs' }, labels: {}, external: true },
    ]);
  });
});
