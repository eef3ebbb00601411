import { describe, expect, it } from 'vitest';
import { findingsOf, project } from './project.ts';

describe('an included file', () => {
  it('is a project of its own: folder, variables and further files', () => {
    const { services, volumes, findings, files } = project(
      'include: [db/compose.yaml]\nservices: { a: { image: "i:$TAG", depends_on: [db] } }',
      {
        environment: { OUTER: 'o' },
        files: {
          '/p/.env': 'TAG=1',
          '/p/db/.env': 'TAG=2\nOUTER=x\nINNER=y',
          '/p/db/compose.yaml': `
include: [{ path: more.yaml }]
volumes: { data: { driver: local } }
services:
  db: { image: "db:$TAG", build: ., environment: { O: $OUTER, I: $INNER }, volumes: ["data:/d"] }`,
          '/p/db/more.yaml': 'services: { more: { image: m } }',
        },
      },
    );
    expect(findings).toEqual([]);
    expect(Object.keys(services).toSorted()).toEqual(['a', 'db', 'more']);
    // The project's own variables come first.
    expect(services['db']).toMatchObject({
      env: { O: 'o', I: 'y' },
      container: { image: 'db:1', build: { context: '/p/db' }, mounts: [{ source: 'p_data' }] },
    });
    expect(volumes).toEqual({ p_data: { driver: 'local' } });
    expect(files).toEqual(expect.arrayContaining(['/p/db/.env', '/p/db/more.yaml']));
  });

  it('may be several that are merged, with a folder and variables of their choice', () => {
    const { services } = project(
      'include: [{ path: [x/a.yaml, x/b.yaml], project_directory: y, env_file: [z.env] }]\nservices: {}',
      {
        files: {
          '/p/x/a.yaml': 'services: { s: { image: one, build: here } }',
          '/p/x/b.yaml': 'services: { s: { image: "$IMAGE" } }',
          '/p/z.env': 'IMAGE=two',
        },
      },
    );
    expect(services['s']?.container).toMatchObject({
      image: 'two',
      build: { context: '/p/y/here' },
    });
  });

  it('can be overridden by a file that is laid over the one that includes it', () => {
    const { services, findings } = project('include: [x.yaml]\nservices: { a: { image: i } }', {
      paths: ['/p/compose.yaml', '/p/over.yaml'],
      files: {
        '/p/x.yaml': 'services: { s: { image: one } }',
        '/p/over.yaml': 'services: { s: { user: me } }',
      },
    });
    expect(findings).toEqual([]);
    expect(services['s']?.container).toMatchObject({ image: 'one', user: 'me' });
  });

  it.each([
    [
      'with a name that is taken',
      'services: { a: { image: other } }',
      '2:13 error duplicate-name services.a is included as well, from /p/x.yaml:1',
    ],
    ['that includes the one that includes it', 'include: [compose.yaml]', 'includes itself'],
  ])('%s is refused', (_what, text, message) => {
    const findings = findingsOf('include: [x.yaml]\nservices: { a: { image: i } }', {
      files: { '/p/x.yaml': text },
    });
    expect(findings.join('\n')).toContain(message);
  });

  it('that says the same once more is no conflict', () => {
    const text = 'networks: { n: null }\nservices: { a: { image: i } }';
    expect(findingsOf(`include: [x.yaml]\n${text}`, { files: { '/p/x.yaml': text } })).toEqual([]);
  });

  it('that is elsewhere, or nowhere, is told', () => {
    expect(
      findingsOf('include: ["oci://example.com/x", none.yaml, {}]\nservices: { a: { image: i } }'),
    ).toEqual([
      expect.stringContaining('1:11 warning not-imported the included oci://example.com/x is not'),
      expect.stringContaining('1:34 error missing-file /p/none.yaml cannot be read'),
      expect.stringContaining('1:45 error compose-value an included file needs a path'),
    ]);
  });
});
