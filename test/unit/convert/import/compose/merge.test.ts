import { describe, expect, it } from 'vitest';
import { findingsOf, project } from './project.ts';
import type { ServiceInput } from '../../../../../src-main/spec/schema/service.ts';

/** The service `a` of two files, the second laid over the first. */
function merged(base: string, over: string): ServiceInput {
  const paths = ['/p/compose.yaml', '/p/over.yaml'];
  const wrapped = (body: string): string => `services:\n  a:\n${body.replace(/^/gm, '    ')}\n`;
  const imported = project(wrapped(`image: i\n${base}`), {
    paths,
    files: { '/p/over.yaml': wrapped(over) },
  });
  const said = imported.findings;
  if (said.length > 0) throw new Error(JSON.stringify(said, null, 1));
  return imported.services['a'] as ServiceInput;
}

describe('of two files, the second', () => {
  it('wins with a single value', () => {
    expect(merged('user: one', 'user: two\nimage: j').container).toMatchObject({
      image: 'j',
      user: 'two',
    });
  });

  it('adds to mappings, whatever form they have', () => {
    const { env, container } = merged(
      'environment: [A=1, B=1]\nlabels: { x: 1 }',
      'environment: { B: 2, C: 3 }\nlabels: [y=2]',
    );
    expect(env).toEqual({ A: '1', B: '2', C: '3' });
    expect(container?.labels).toEqual({ x: '1', y: '2' });
  });

  it('adds to lists, each item once', () => {
    const { container } = merged(
      'dns: 1.1.1.1\ncap_add: [A, B]',
      'dns: [8.8.8.8]\ncap_add: [B, C]',
    );
    expect(container).toMatchObject({ dns: ['1.1.1.1', '8.8.8.8'], capAdd: ['A', 'B', 'C'] });
  });

  it.each([
    ['command', 'command: [a, b]', 'command: c d', { command: ['c', 'd'] }],
    ['entrypoint', 'entrypoint: [a]', 'entrypoint: [b]', { entrypoint: ['b'] }],
    [
      'healthcheck.test',
      'healthcheck: { test: [CMD, a], retries: 5 }',
      'healthcheck: { test: [CMD, b] }',
      { healthcheck: { test: ['b'], retries: 5 } },
    ],
  ])('replaces %s', (_key, base, over, container) => {
    expect(merged(base, over).container).toMatchObject(container);
  });

  it('replaces mounts by their target', () => {
    const { container } = merged(
      'volumes: [./x:/data, /cache]',
      'volumes: [{ type: tmpfs, target: /data }]\ntmpfs: /run',
    );
    expect(container?.mounts?.map(({ type, target }) => `${type} ${target}`)).toEqual([
      'tmpfs /data',
      'volume /cache',
      'tmpfs /run',
    ]);
  });

  it('adds ports, unless all of a port is the same', () => {
    const { publish } = merged(
      'ports: ["8080:80", "9090:90"]',
      'ports: ["8080:80/tcp", { target: 80, published: 8081 }]',
    );
    expect(publish).toEqual([
      { port: 80, hostPort: 8080 },
      { port: 90, hostPort: 9090 },
      { port: 80, hostPort: 8081 },
    ]);
  });

  it('takes away what it resets', () => {
    const { env, publish, container } = merged(
      'environment: { A: 1, B: 1 }\nports: ["1:1"]\nuser: x',
      'environment: { A: !reset null }\nports: !reset []\nuser: !reset ""',
    );
    expect(env).toEqual({ B: '1' });
    expect(publish).toBeUndefined();
    expect(container).not.toHaveProperty('user');
  });

  it('replaces what it overrides', () => {
    const { env, publish } = merged(
      'environment: { A: 1 }\nports: ["1:1", "2:2"]',
      'environment: !override { B: 2 }\nports: !override ["3:3"]',
    );
    expect(env).toEqual({ B: '2' });
    expect(publish).toEqual([{ port: 3, hostPort: 3 }]);
  });

  it('takes relative paths from the folder of the first', () => {
    const { services } = project('services: { a: { image: i } }', {
      paths: ['/p/compose.yaml', '/q/over.yaml'],
      files: { '/q/over.yaml': 'services: { a: { build: ./web } }' },
    });
    expect(services['a']?.container?.build).toEqual({ context: '/p/web' });
  });

  it('may bring services of its own', () => {
    const { services } = project('services: { a: { image: i } }', {
      paths: ['/p/compose.yaml', '/p/over.yaml'],
      files: { '/p/over.yaml': 'services: { b: { image: j } }' },
    });
    expect(Object.keys(services)).toEqual(['a', 'b']);
  });

  it('is told where it is not there', () => {
    expect(
      findingsOf('services: { a: { image: i } }', { paths: ['/p/compose.yaml', '/p/none.yaml'] }),
    ).toEqual(['none.yaml:1:1 error missing-file /p/none.yaml cannot be read: it does not exist']);
  });
});
