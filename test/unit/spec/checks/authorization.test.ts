import { describe, expect, it } from 'vitest';
import { SAMPLE, meshOf, problemsOf } from '../document/sample.ts';

const HEAD = 'mesh: m\nservices: { a: { command: x }, b: { command: x, mtls: disabled } }\n';
const withPolicy = (policy: string): string =>
  `${HEAD}authorization:\n  policies:\n    - ${policy}\n`;

describe('authorization in a document', () => {
  it('has the defaults of Istio, and says which rule denied', () => {
    const text = `${SAMPLE}authorization:\n  policies:\n    - name: x\n      when: { headers: { X-Role: [admin] } }\n`;
    expect(meshOf(text).authorization).toEqual({
      namesRule: true,
      policies: [
        {
          name: 'x',
          action: 'allow',
          dryRun: false,
          from: {},
          to: {},
          headers: { 'x-role': ['admin'] },
        },
      ],
    });
    expect(meshOf(SAMPLE).authorization).toBeUndefined();
  });

  it.each([
    ['an unknown target', '{ name: x, service: c }', ['5:27 unknown-service']],
    [
      'an unknown caller',
      '{ name: x, service: a, from: { services: [gateway, c] } }',
      ['5:58 unknown-service'],
    ],
    ['an empty list', '{ name: x, to: { methods: [] } }', ['5:24 wrong-value']],
    ['a star in the middle', '{ name: x, to: { hosts: [a*b] } }', ['5:32 wrong-value']],
    ['a path with a query', '{ name: x, to: { paths: ["/a?b"] } }', ['5:32 wrong-value']],
    ['nothing', '{ name: x }', []],
    [
      'a caller of a service in plain text',
      '{ name: x, service: b, from: { services: [a] } }',
      ['5:30 unknown-caller'],
    ],
    ['a caller of another', '{ name: x, service: a, from: { namespaces: [n] } }', []],
  ])('that names %s: %s', (_, policy, expected) => {
    const found = problemsOf(withPolicy(policy)).map((text) =>
      text.split(' ').slice(0, 2).join(' '),
    );
    expect(found).toEqual(expected);
  });

  it('has each name once', () => {
    expect(problemsOf(withPolicy('{ name: x }\n    - { name: x }'))).toEqual([
      '6:15 duplicate-name two authorization policies have the name "x"',
    ]);
  });
});
