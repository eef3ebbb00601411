import { describe, expect, it } from 'vitest';
import { findingsOf, project } from './project.ts';

describe('a service that extends another', () => {
  it('has its values, with its own laid over them', () => {
    const imported = project(`
services:
  base:
    image: i
    environment: { A: 1, B: 1 }
    ports: ["80:80"]
  a:
    extends: base
    environment: { B: 2 }
    ports: ["81:81"]
`);
    expect(imported.findings).toEqual([]);
    expect(imported.services['a']).toMatchObject({
      env: { A: '1', B: '2' },
      container: { image: 'i' },
      publish: [{ hostPort: 80 }, { hostPort: 81 }],
    });
  });

  it('may find it in another file, whose paths are relative to its own folder', () => {
    const { services, findings, files } = project(
      'services: { a: { extends: { file: shared/base.yaml, service: web }, user: me } }',
      {
        files: {
          '/p/shared/base.yaml': `
services:
  web: { extends: { service: root }, volumes: ["./data:/data"], env_file: web.env }
  root: { image: "r:\${TAG:-1}", build: . }`,
          '/p/shared/web.env': 'A=1',
        },
      },
    );
    expect(findings).toEqual([]);
    expect(services['a']).toMatchObject({
      env: { A: '1' },
      container: {
        image: 'r:1',
        user: 'me',
        build: { context: '/p/shared' },
        mounts: [{ source: '/p/shared/data' }],
      },
    });
    expect(Object.keys(services)).toEqual(['a']);
    expect(files).toContain('/p/shared/base.yaml');
  });

  it('may find it in the file that it is laid over', () => {
    const { services } = project('services: { base: { image: i, user: me } }', {
      paths: ['/p/compose.yaml', '/p/over.yaml'],
      files: { '/p/over.yaml': 'services: { a: { extends: { service: base } } }' },
    });
    expect(services['a']?.container).toMatchObject({ image: 'i', user: 'me' });
  });

  it.each([
    ['extends: none', '3:14 error unknown-service there is no service "none" to extend'],
    ['extends: bse', 'did you mean "base"?'],
    ['extends: a', '3:14 error compose-value a extends itself'],
    ['extends: { file: x.yaml, service: a }', '/p/x.yaml cannot be read: it does not exist'],
    ['extends: { file: x.yaml }', '"extends" names a service'],
  ])('is refused with %s', (body, message) => {
    const text = `services:\n  a:\n    ${body}\n    image: i\n  base: { image: i }\n`;
    expect(findingsOf(text).join()).toContain(message);
  });

  it('does not go round in circles over files', () => {
    const findings = findingsOf('services: { a: { extends: { file: b.yaml, service: b } } }', {
      files: { '/p/b.yaml': 'services: { b: { extends: { file: compose.yaml, service: a } } }' },
    });
    expect(findings.join()).toContain('a extends itself');
  });
});
