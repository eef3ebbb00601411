import { describe, expect, it } from 'vitest';
import { project } from './project.ts';
import type { ServiceInput } from '../../../../../src-main/spec/schema/service.ts';

function services(body: string): Record<string, ServiceInput> {
  const { services: all, findings } = project(`services:\n${body}`);
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  return { ...all };
}

const callsOf = (line: string): readonly string[] | undefined =>
  services(`  a: { image: i, ${line} }\n  db: { image: postgres }\n  my_cache: { image: redis }`)[
    'a'
  ]?.calls;

describe('a service calls', () => {
  it.each([
    ['what it depends on', 'depends_on: [db]', ['db']],
    ['what it is linked to', 'links: ["db:database", my_cache]', ['db', 'my-cache']],
    ['whom a URL names', 'environment: { X: "postgres://u:p@db/x" }', ['db']],
    ['whom a variable names as its host', 'environment: { DB_HOST: db }', ['db']],
    ['whom it names with a port', 'environment: { X: "my_cache:6379" }', ['my-cache']],
    ['several in a list', 'environment: { SERVERS: "db, my_cache" }', ['db', 'my-cache']],
    [
      'whom its command names',
      'command: serve --host db --cache redis://my_cache',
      ['db', 'my-cache'],
    ],
    ['whom its entrypoint waits for', 'entrypoint: [wait-for, "db:5432", --, serve]', ['db']],
  ])('%s', (_what, line, calls) => {
    expect(callsOf(line)).toEqual(calls);
  });

  it.each([
    ['a word that is no host', 'environment: { DB_NAME: db }'],
    ['a part of a name', 'environment: { DB_HOST: db.example.com, X: "my-db:5432" }'],
    [
      'what it waits for to be finished',
      'depends_on: { db: { condition: service_completed_successfully } }',
    ],
    ['itself', 'environment: { OWN_URL: "http://a:80" }'],
  ])('not %s', (_what, line) => {
    expect(callsOf(line)).toBeUndefined();
  });
});

describe('a service reaches', () => {
  it('all others, without networks', () => {
    const all = services(
      '  a: { image: i }\n  b: { image: i, depends_on: [a] }\n  c: { image: i }',
    );
    expect(all['a']?.reaches).toEqual(['b', 'c']);
    expect(all['b']).toMatchObject({ calls: ['a'], reaches: ['c'] });
  });

  it('those that share a network with it', () => {
    const all = services(
      [
        '  web: { image: i, networks: [front] }',
        '  api: { image: i, networks: { front: null, back: { aliases: [backend] } } }',
        '  db: { image: i, networks: [back], environment: { WEB_URL: "http://web" } }',
        '  job: { image: i, network_mode: none }',
      ].join('\n'),
    );
    expect(all['web']?.reaches).toEqual(['api']);
    expect(all['api']?.reaches).toEqual(['web', 'db']);
    // It names the front, and cannot reach it.
    expect(all['db']).toMatchObject({ reaches: ['api'] });
    expect(all['db']?.calls).toBeUndefined();
    expect(all['job']?.reaches).toBeUndefined();
  });
});

describe('the names of a service', () => {
  it('are labels of DNS in the mesh; what it was called leads to it as before', () => {
    const all = services(
      '  My_DB: { image: i, container_name: the-db }\n  gateway: { image: i }\n  1st: { image: i, links: ["My_DB:database"] }',
    );
    expect(Object.keys(all)).toEqual(['my-db', 'gateway-service', 's-1st']);
    expect(all['my-db']?.aliases).toEqual(['My_DB', 'the-db', 'database']);
    expect(all['gateway-service']?.aliases).toEqual(['gateway']);
  });

  it('are one each', () => {
    const all = services('  a_b: { image: i }\n  a-b: { image: i }\n  a.b: { image: i }');
    expect(Object.keys(all)).toEqual(['a-b-2', 'a-b', 'a-b-3']);
  });

  it('include those in its networks, and go to the first that has one', () => {
    const all = services(
      '  a: { image: i, networks: { n: { aliases: [x, y] } } }\n  b: { image: i, networks: { n: { aliases: [y, a] } } }',
    );
    expect(all['a']?.aliases).toEqual(['x', 'y']);
    expect(all['b']?.aliases).toBeUndefined();
  });
});
