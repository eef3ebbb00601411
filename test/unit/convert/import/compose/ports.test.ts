import { describe, expect, it } from 'vitest';
import { findingsOfService, project, service } from './project.ts';

describe('a port that is published', () => {
  it.each([
    ['"80"', [{ port: 80, hostPort: 0 }]],
    ['80', [{ port: 80, hostPort: 0 }]],
    ['"8080:80"', [{ port: 8080 - 8000, hostPort: 8080 }]],
    ['"8080:80/tcp"', [{ port: 80, hostPort: 8080 }]],
    ['"127.0.0.1:8080:80"', [{ port: 80, hostPort: 8080 }]],
    ['"0:80"', [{ port: 80, hostPort: 0 }]],
    ['"127.0.0.1::80"', [{ port: 80, hostPort: 0 }]],
    ['"0.0.0.0:8080:80"', [{ port: 80, hostPort: 8080, host: '0.0.0.0' }]],
    ['"[::1]:8080:80"', [{ port: 80, hostPort: 8080 }]],
    ['"fd00::1:8080:80"', [{ port: 80, hostPort: 8080, host: 'fd00::1' }]],
    [
      '"3000-3001"',
      [
        { port: 3000, hostPort: 0 },
        { port: 3001, hostPort: 0 },
      ],
    ],
    [
      '"9090-9091:8080-8081"',
      [
        { port: 8080, hostPort: 9090 },
        { port: 8081, hostPort: 9091 },
      ],
    ],
    ['"8000-8010:80"', [{ port: 80, hostPort: 8000 }]],
    [
      '{ target: 80, published: "8080", protocol: tcp, mode: host, name: web }',
      [{ port: 80, hostPort: 8080 }],
    ],
    [
      '{ target: 80, published: 8080, host_ip: 10.0.0.1 }',
      [{ port: 80, hostPort: 8080, host: '10.0.0.1' }],
    ],
  ])('as %s', (port, publish) => {
    expect(service(`ports: [${port}]`).publish).toEqual(publish);
  });

  it.each([
    ['"x:80"', '"x" is no port'],
    ['"8080:"', '"8080:" is no port'],
    ['"70000"', '"70000" is no port, from 1 to 65535'],
    ['"1-3:4-5"', '3 published ports do not fit 2 of the service'],
    ['{ published: 80 }', 'is no port'],
  ])('cannot be %s', (port, message) => {
    expect(findingsOfService(`ports: [${port}]`).join()).toContain(message);
  });

  it('by UDP is left out', () => {
    expect(findingsOfService('ports: ["53:53/udp"]')).toEqual([
      'compose.yaml:4:13 warning not-imported port 53 of a is not taken over: only TCP goes through the mesh, and this is UDP',
    ]);
  });
});

describe('the ports of a service', () => {
  it.each([
    ['what it exposes', 'expose: ["3000", 4000-4001]', { port: 3000, ports: [4000, 4001] }],
    ['what it publishes', 'ports: ["1:80", "2:90"]', { port: 80, ports: [90] }],
    [
      'what its healthcheck asks',
      'healthcheck: { test: "curl -f http://localhost:9000/up || exit 1" }',
      { port: 9000 },
    ],
    ['nothing, where nobody says anything', '', {}],
  ])('are %s', (_what, body, ports) => {
    const { port, ports: others } = service(body);
    expect({ ...(port && { port }), ...(others && { ports: others }) }).toEqual(ports);
  });

  it('speak what is said of them', () => {
    const ports = ['http', 'http2', 'grpc', 'tcp', 'https'].map(
      (protocol, i) => `{ target: ${i + 1}, app_protocol: ${protocol} }`,
    );
    expect(service(`ports: [${ports.join()}]`)).toMatchObject({
      port: 1,
      protocol: 'http',
      ports: [
        { port: 2, protocol: 'http2' },
        { port: 3, protocol: 'grpc' },
        { port: 4, protocol: 'tcp' },
        { port: 5, protocol: 'tls' },
      ],
    });
  });

  it.each([
    ['postgres:17', 5432, 'tcp'],
    ['postgis/postgis:16-3.4', 5432, 'tcp'],
    ['mysql', 3306, 'tcp'],
    ['mariadb:11', 3306, 'tcp'],
    ['redis:7-alpine', 6379, 'tcp'],
    ['valkey/valkey', 6379, 'tcp'],
    ['confluentinc/cp-kafka:7.6.0', 9092, 'tcp'],
    ['rabbitmq:3-management', 5672, 'tcp'],
    ['mongo:7', 27017, 'tcp'],
    ['nats', 4222, 'tcp'],
    ['memcached', 11211, 'tcp'],
    ['docker.elastic.co/elasticsearch/elasticsearch:8.1.0', 9200, 'http'],
    ['registry.example.com:5000/team/postgres@sha256:abc', 5432, 'tcp'],
    ['nginx', 80, 'http'],
    ['jaegertracing/all-in-one:1', 16686, 'http'],
  ])('of %s are known: %i speaks %s', (image, port, protocol) => {
    const { services } = project(`services: { a: { image: "${image}" } }`);
    expect(services['a']).toMatchObject({ port, protocol });
  });

  it('are those that the file speaks of, where it speaks of any, the known ones first', () => {
    const { services } = project(
      'services: { a: { image: rabbitmq, ports: ["9:9", "15672:15672", "5672:5672"] }, b: { image: postgres, ports: ["1:5433"] } }',
    );
    expect(services['a']).toMatchObject({
      port: 5672,
      protocol: 'tcp',
      ports: [{ port: 15672, protocol: 'http' }, 9],
    });
    expect(services['b']?.port).toBe(5433);
    expect(services['b']?.ports).toBeUndefined();
  });

  it('are known by where others ask it', () => {
    const { services } = project(
      'services: { a: { image: i, environment: { API_URL: "http://api:3000/v1" } }, api: { image: j } }',
    );
    expect(services['api']?.port).toBe(3000);
  });
});
