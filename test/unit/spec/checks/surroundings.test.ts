import { describe, expect, it } from 'vitest';
import { peersOf } from '../../../../src-main/spec/peers.ts';
import { meshOf, problemsOf } from '../document/sample.ts';

const mesh = (web: string, db = ''): string =>
  `mesh: a\nservices:\n  web: { command: x, ${web} }\n  db: { command: x, ${db} }\n`;

describe('a service that waits for others', () => {
  it('waits for their start unless it says for what', () => {
    const { services } = meshOf(mesh('dependsOn: [db]'));
    expect(services[0]?.dependsOn).toEqual([{ service: 'db', condition: 'started' }]);
    expect(
      meshOf(mesh('dependsOn: [{ service: db, condition: healthy }]')).services[0]?.dependsOn,
    ).toEqual([{ service: 'db', condition: 'healthy' }]);
  });

  it.each([
    ['itself', 'dependsOn: [web]', '', '3:34 wait-cycle web waits for web: none'],
    [
      'one that waits for it',
      'dependsOn: [db]',
      'dependsOn: [web]',
      'web waits for db waits for web',
    ],
    ['one twice', 'dependsOn: [db, db]', '', 'web waits for db twice'],
    ['nobody', 'dependsOn: [dbs]', '', 'there is no service "dbs"; did you mean "db"?'],
  ])('cannot wait for %s', (_what, web, db, message) => {
    expect(problemsOf(mesh(web, db)).join('\n')).toContain(message);
  });
});

describe('what a service reaches', () => {
  it('are its peers besides those that it calls', () => {
    const { services } = meshOf(mesh('calls: [db], reaches: [db]'));
    expect(services.map(peersOf)).toEqual([['db'], []]);
  });

  it.each([
    ['itself', 'reaches: [web]', 'self-call'],
    ['what there is not', 'reaches: [cache]', 'unknown-service'],
    ['one twice', 'reaches: [db, db]', 'duplicate-name'],
  ])('cannot be %s', (_what, web, code) => {
    expect(problemsOf(mesh(web)).join()).toContain(code);
  });
});

describe('the ports of a service', () => {
  it('may be several, some with what they speak', () => {
    const { services } = meshOf(mesh('port: 80, ports: [8080, { port: 9000, protocol: grpc }]'));
    expect(services[0]?.ports).toEqual([{ port: 8080 }, { port: 9000, protocol: 'grpc' }]);
  });

  it.each([
    ['twice', 'port: 80, ports: [80]', 'web names port 80 twice'],
    ['published without being there', 'publish: [{ port: 80, hostPort: 1 }]', 'does not say'],
    [
      "published at the gateway's",
      'publish: [{ hostPort: 8080 }]',
      'the port of the gateway as well',
    ],
  ])('cannot be %s', (_what, web, message) => {
    expect(problemsOf(mesh(web)).join()).toContain(message);
  });

  it('are published at one place each', () => {
    const problems = problemsOf(mesh('publish: [{ hostPort: 1 }]', 'publish: [{ hostPort: 1 }]'));
    expect(problems).toEqual([expect.stringContaining('port 1 of db is the port of web as well')]);
  });

  it('of containers may be the same, and have replicas', () => {
    const container = 'container: { image: i }, port: 80';
    expect(problemsOf(mesh(`${container}, replicas: 2`, container))).toEqual([]);
  });
});

describe('another name of a service', () => {
  it('is not that of a service', () => {
    expect(meshOf(mesh('aliases: [my_web]')).services[0]?.aliases).toEqual(['my_web']);
    expect(problemsOf(mesh('aliases: [db]')).join()).toContain('there is a service "db" already');
  });
});
