import { describe, expect, it } from 'vitest';
import { SAMPLE, meshOf, problemsOf, read } from './sample.ts';

describe('reading a document', () => {
  const mesh = meshOf(SAMPLE);

  it('fills in every default', () => {
    expect(mesh).toMatchObject({ name: 'shop', namespace: 'default', mtls: 'strict' });
    expect(mesh.gateway.routes[1]).toEqual({
      name: 'storefront',
      path: '/',
      service: 'storefront',
    });
    expect(mesh.services[0]?.versions[0]).toMatchObject({
      name: 'v1',
      replicas: 1,
      port: 0,
      workload: { workingFolder: '/shop' },
    });
    expect(mesh.faults[0]).toMatchObject({ enabled: false, random: false, match: {} });
  });

  it('splits a command the way a shell splits words', () => {
    expect(mesh.services[0]?.versions[0]?.workload).toMatchObject({
      runtime: 'process',
      command: ['node', 'storefront.mjs', '--name', 'the shop'],
    });
  });

  it('gives versions what they leave out, and merges their environment', () => {
    const [v1, v2] = mesh.services[2]?.versions ?? [];
    expect(v1).toMatchObject({ workload: { env: { CURRENCY: 'EUR', LEVEL: '3' } }, replicas: 1 });
    expect(v2).toMatchObject({
      workload: { env: { CURRENCY: 'EUR', LEVEL: '3', RISK: 'on' } },
      replicas: 2,
    });
  });

  it('reads durations in milliseconds', () => {
    expect(mesh.traffic['payments']).toMatchObject({
      timeout: 2000,
      retry: { perTryTimeout: 500 },
    });
    expect(mesh.faults[0]?.delay).toEqual({ duration: 300, percentage: 50 });
  });

  it('reads visitors in their short and their long form', () => {
    expect(mesh.visitors?.requests).toEqual([
      { method: 'GET', path: '/', headers: {}, share: 100 },
      { method: 'POST', path: '/cart', headers: {}, share: 40, body: '{"a":1}' },
    ]);
  });
});

describe('a problem', () => {
  const change = (from: string | RegExp, to: string): string[] =>
    problemsOf(SAMPLE.replace(from, to));

  it.each<[string, string | RegExp, string, string[]]>([
    [
      'names an unknown key and the nearest known one',
      'replicas: 2',
      'replica: 2',
      [
        '24:32 unknown-key unknown key "replica" in services.payments.versions.v2; did you mean "replicas"?',
      ],
    ],
    [
      'names an unknown key at the top',
      'traffic:',
      'trafic:',
      ['27:1 unknown-key unknown key "trafic" in the document; did you mean "traffic"?'],
    ],
    [
      'names what is missing',
      'mesh: shop\n',
      '',
      ['1:1 missing-key "mesh" is missing in the document'],
    ],
    [
      'says what kind of value is expected',
      'calls: [orders]',
      'calls: orders',
      ['13:12 wrong-type services.storefront.calls must be a list, not a text'],
    ],
    [
      'says what a duration looks like',
      'timeout: 2s',
      'timeout: 2',
      ['30:14 wrong-type expected a duration with its unit, such as "300ms", "2s" or "1m"'],
    ],
    [
      'says so too where only the unit is wrong',
      'timeout: 2s',
      'timeout: 2sec',
      ['30:14 wrong-value expected a duration with its unit, such as "300ms", "2s" or "1m"'],
    ],
    [
      'knows the services',
      'calls: [orders]',
      'calls: [order]',
      ['13:13 unknown-service there is no service "order"; did you mean "orders"?'],
    ],
    [
      'knows the versions',
      'v1: 75, v2: 25',
      'v1: 75, v3: 25',
      ['29:22 unknown-version payments has no version "v3"; did you mean "v1"?'],
    ],
    [
      'adds up a split',
      'v2: 25 }',
      'v2: 20 }',
      ['29:5 split-sum the split of payments adds up to 95 %, not 100 %; 5 % are missing'],
    ],
    [
      'sees a fault that does nothing',
      /\n    delay: .*/,
      '',
      ['35:5 empty-fault the fault "slow-payments" does nothing; give it a delay or an abort'],
    ],
    [
      'warns of a fault for a caller that does not call',
      'from: orders',
      'from: storefront',
      [
        '37:11 not-a-caller storefront does not call payments: the fault "slow-payments" never acts',
      ],
    ],
    [
      'sees two services of one name',
      '  orders:\n',
      '  storefront:\n',
      ['14:3 duplicate-name the key "storefront" is given twice; the first one is in line 11'],
    ],
    [
      'sees the reserved name',
      '  storefront:\n',
      '  gateway:\n',
      [
        '8:16 unknown-service there is no service "storefront"; known here: gateway, orders, payments',
        '11:3 reserved-name "gateway" is the name of the gateway; a service cannot have it',
      ],
    ],
    [
      'sees a fixed port for several replicas',
      'replicas: 2 }',
      'replicas: 2, port: 9000 }',
      [
        '24:51 port-conflict 2 replicas of payments v2 cannot all listen on port 9000; leave "port" out, and each gets a free one as PORT',
      ],
    ],
    [
      'warns of a route that never matches',
      '{ path: /api, service: orders }\n    - service: storefront',
      'service: storefront\n    - { path: /api, service: orders }',
      [
        '8:7 unreachable-route this route never matches: route 1 (/) takes all its requests; put the longer path first',
      ],
    ],
    [
      'knows the services of ports for TCP, and keeps them off the port for HTTP',
      '    - service: storefront\n',
      '    - service: storefront\n  tcp: [{ port: 8080, service: order }, { port: 1, service: orders }]\n',
      [
        "9:17 port-conflict port 8080 is the gateway's port for HTTP",
        '9:32 unknown-service there is no service "order"; did you mean "orders"?',
      ],
    ],
    [
      'warns of a port for TCP that is all taken by the route before',
      '    - service: storefront\n',
      '    - service: storefront\n  tcp: [{ port: 9, service: orders }, { port: 9, host: a, service: orders }]\n',
      [
        '9:39 unreachable-route this route never matches: "orders" takes all its connections; give each route a port of its own, or for TLS a host',
      ],
    ],
    [
      'sees two ports for TCP of one name',
      '    - service: storefront\n',
      '    - service: storefront\n  tcp: [{ name: a, port: 9, service: orders }, { name: a, port: 10, service: orders }]\n',
      ['9:56 duplicate-name two TCP routes have the name "a"'],
    ],
    [
      'sees a command that is missing',
      'command: [node, orders.mjs]\n    ',
      '',
      [
        '14:3 missing-key "command" is missing in services.orders; say what starts it, such as "node server.mjs", or let a "stub: {}" answer for it',
      ],
    ],
  ])('%s', (_what, from, to, problems) => {
    expect(change(from, to)).toEqual(problems);
  });

  it('is told of all at once', () => {
    expect(
      problemsOf('mesh: Shop!\nservices:\n  a: { command: x, replicas: -1, foo: 1 }\n'),
    ).toHaveLength(3);
  });

  it.each([
    ['nothing', ''],
    ['only a comment', '# hello\n'],
    ['a list', '- a\n'],
    ['a word', 'hello\n'],
  ])('is found in %s instead of a document', (_what, text) => {
    expect(read(text)).toMatchObject({ ok: false, problems: [{ code: 'not-a-mapping' }] });
  });

  it('is told once, though two versions inherit it', () => {
    const text =
      'mesh: a\nservices:\n  b:\n    command: "x \'"\n    versions: { v1: {}, v2: {} }\n';
    expect(problemsOf(text)).toEqual([
      '4:14 wrong-value the command is empty or has an open quote',
    ]);
  });

  it('is not made of sections without anything in them', () => {
    const text = 'mesh: a\nservices: {}\ntraffic:\nfaults:\ngateway:\nvisitors:\n';
    expect(problemsOf(text)).toEqual([]);
  });
});

describe('a value', () => {
  const service = (part: string): string => `mesh: a\nservices:\n  b: { command: x, ${part} }\n`;
  const fault = (part: string): string =>
    `mesh: a\nservices:\n  b: { command: x }\nfaults:\n  - { name: f, to: b, abort: { status: 500 }, ${part} }\n`;

  it.each([
    ['a number that is none', service('replicas: .nan'), 'must be a number, not NaN'],
    ['a list for a text', service('workingFolder: [a]'), 'must be a text, not a list'],
    ['an empty value', service('calls: '), 'must be a list, not empty'],
    ['NUL in a command', service('env: { A: "a\\0b" }'), 'without NUL characters'],
    ['a variable that none can be', service('env: { A=B: "1" }'), 'an environment variable'],
    ['a port beyond the last', service('port: 65536'), 'expected a port, from 1 to 65535'],
    ['a delay of days', fault('delay: { duration: 1000h }'), 'at most 24h'],
    ['a prefix with a query', fault('match: { path: "/a?b=1" }'), 'without query'],
    ['a method in small letters', fault('match: { method: post }'), 'in capitals'],
    ['a header without value', fault('match: { headers: { x-a: "" } }'), 'expected a value'],
    [
      'a header with a line end',
      fault('match: { headers: { "x a": b } }'),
      'name of an HTTP header',
    ],
    [
      'a status that is none',
      fault('abort: { status: 99 }').replace('abort: { status: 500 }, ', ''),
      'from 200 to 599',
    ],
    ['too much per cent', fault('delay: { duration: 1s, percentage: 101 }'), 'from 0 to 100'],
  ])('cannot be %s', (_what, text, message) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });
});
