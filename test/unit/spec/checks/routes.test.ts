import { describe, expect, it } from 'vitest';
import { meshOf, problemsOf } from '../document/sample.ts';

const mesh = (policy: string): string => `mesh: m
gateway: { routes: [{ service: web }] }
services:
  web: { stub: {}, calls: [api] }
  api: { stub: {}, versions: { v1: {}, v2: {} } }
traffic:
  api:
    ${policy}
`;

describe('a route of a service', () => {
  it.each([
    [
      'that another takes everything from',
      'routes: [{ name: a }, { name: b, match: { path: /b } }]',
      [
        '8:27 unreachable-route this route never matches: route a takes all its requests; put the more special one first',
      ],
    ],
    [
      'with the name of another',
      'routes: [{ name: a, match: { path: /a } }, { name: a, match: { path: /b } }]',
      ['8:56 duplicate-name two routes of api have the name "a"'],
    ],
    [
      'with a pattern that is none',
      "routes: [{ name: a, match: { path: { regex: 'a(b' } } }]",
      ['8:49 wrong-value this is no regular expression of RE2: missing closing ): `a(b`'],
    ],
    [
      'with a look-behind, which RE2 has not',
      "routes: [{ name: a, match: { headers: { x: { regex: '(?<!a)b' } } } }]",
      ['8:57 wrong-value this is no regular expression of RE2: invalid named capture: `(?<!a)b`'],
    ],
    [
      'with two ways to compare',
      'routes: [{ name: a, match: { query: { x: { exact: a, prefix: b } } } }]',
      ['8:43 wrong-value expected one of exact, prefix, regex or present'],
    ],
    [
      'for a caller that is not there',
      'routes: [{ name: a, match: { caller: wob } }]',
      ['8:42 unknown-service there is no service "wob"; did you mean "web"?'],
    ],
    [
      'for a version that is not there',
      'routes: [{ name: a, match: { caller: { service: web, version: v9 } } }]',
      ['8:67 unknown-version web has no version "v9"; did you mean "v1"?'],
    ],
    [
      'with a split that is not 100',
      'routes: [{ name: a, match: { path: /a }, split: { v1: 20, v2: 70 } }]',
      ['8:46 split-sum the split of route a of api adds up to 90 %, not 100 %; 10 % are missing'],
    ],
    [
      'with a version that is not there',
      'routes: [{ name: a, match: { path: /a }, overrides: [{ version: v3, path: /x }] }]',
      ['8:69 unknown-version api has no version "v3"; did you mean "v1"?'],
    ],
  ])('%s is told', (_what, policy, problems) => {
    expect(problemsOf(mesh(policy))).toEqual(problems);
  });

  it('may be named by a fault, if it is there', () => {
    const routed = mesh('routes: [{ name: slow-one, match: { path: /a } }]');
    const fault = (route: string): string =>
      `${routed}faults:\n  - { name: f, to: api, route: ${route}, abort: { status: 500 } }\n`;
    expect(problemsOf(fault('slow-one'))).toEqual([]);
    expect(problemsOf(fault('slow-two'))).toEqual([
      '10:32 never-acts no route to api has the name "slow-two"; known here: api, slow-one',
    ]);
  });

  it('is read with all that it says, and keeps the short forms', () => {
    const read = meshOf(
      mesh(
        "routes: [{ name: a, match: { path: /p, method: [GET], headers: { X-A: '1', X-B: { prefix: b } }, cookies: { c: d }, caller: web }, timeout: 1s }]",
      ),
    );
    expect(read.traffic['api']?.routes).toEqual([
      {
        name: 'a',
        match: {
          path: '/p',
          method: 'GET',
          headers: { 'x-a': '1' },
          conditions: [
            { of: 'header', name: 'x-b', by: 'prefix', values: ['b'] },
            { of: 'cookie', name: 'c', by: 'exact', values: ['d'] },
          ],
          caller: { service: 'web' },
        },
        policy: { timeout: 1000 },
      },
    ]);
  });
});

describe('an override', () => {
  it('behind one that takes its requests is told', () => {
    const policy = 'overrides: [{ path: /a, version: v1 }, { path: /a/b, version: v2 }]';
    expect(problemsOf(mesh(policy))).toEqual([
      '8:44 unreachable-override this override never matches: override 1 takes all its requests; put the more special one first',
    ]);
  });
});

describe('what a route does with heads', () => {
  it.each([
    [
      'a framing header',
      'requestHeaders: { set: { Content-Length: "1" } }',
      /wrong-value this header frames/,
    ],
    [
      'two rewrites of the path',
      'rewrite: { path: /a, prefix: /b }',
      /wrong-value expected one of path, prefix/,
    ],
    [
      'a group that is not there',
      "rewrite: { regex: { pattern: '/(a)', substitution: '/\\\\2' } }",
      /wrong-value the substitution names/,
    ],
    [
      'a pattern that is none',
      "rewrite: { regex: { pattern: '/(a', substitution: '/' } }",
      /wrong-value this is no regular/,
    ],
    ['a redirect to nowhere', 'redirect: { code: 302 }', /wrong-value expected where to/],
    [
      'a body where there is none',
      'directResponse: { status: 204, body: x }',
      /wrong-value an answer of this/,
    ],
  ])('%s is refused', (_what, policy, problem) => {
    expect(problemsOf(mesh(policy)).join('\n')).toMatch(problem);
  });

  it('is read with header names in lower case', () => {
    const { traffic } = meshOf(
      mesh(
        '{ responseHeaders: { set: { X-A: B }, remove: [Server] }, redirect: { host: x.example } }',
      ),
    );
    expect(traffic['api']).toEqual({
      overrides: [],
      responseHeaders: { set: { 'x-a': 'B' }, remove: ['server'] },
      redirect: { host: 'x.example', code: 301 },
    });
  });
});

describe('a retry', () => {
  it('of statuses needs to know which', () => {
    expect(problemsOf(mesh('retry: { attempts: 1, on: [retriable-status-codes] }'))[0]).toMatch(
      /wrong-value retriable-status-codes needs/,
    );
  });

  it('waits no shorter at most than at first, and ten times as long where nothing is said', () => {
    const waits = (backOff: string): string => mesh(`retry: { attempts: 1, backOff: ${backOff} }`);
    expect(problemsOf(waits('{ base: 1s, max: 1ms }'))[0]).toMatch(/wrong-value expected a "max"/);
    expect(meshOf(waits('{ base: 10ms }')).traffic['api']?.retry?.backOff).toEqual({
      base: 10,
      max: 100,
    });
  });
});
