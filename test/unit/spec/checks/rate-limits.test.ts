import { describe, expect, it } from 'vitest';
import { SAMPLE, meshOf, problemsOf } from '../document/sample.ts';

const HEAD = 'mesh: m\nservices: { a: { command: x }, b: { command: x, mtls: disabled } }\n';
const withLimit = (limit: string): string => `${HEAD}rateLimits:\n  - ${limit}\n`;
const REST = 'maxTokens: 1, fillInterval: 1s';

describe('a rate limit in a document', () => {
  it("has Envoy's defaults", () => {
    const text = `${SAMPLE}rateLimits:\n  - { name: x, to: orders, ${REST} }\n`;
    expect(meshOf(text).rateLimits).toEqual([
      {
        name: 'x',
        to: 'orders',
        match: {},
        perCaller: false,
        maxTokens: 1,
        tokensPerFill: 1,
        fillInterval: 1_000,
        headers: false,
      },
    ]);
    expect(meshOf(SAMPLE).rateLimits).toBeUndefined();
  });

  it.each([
    ['an unknown service', `{ name: x, to: c, ${REST} }`, ['4:20 unknown-service']],
    ['an unknown caller', `{ name: x, to: a, from: c, ${REST} }`, ['4:29 unknown-service']],
    [
      'a caller that nobody can know',
      `{ name: x, to: b, from: a, ${REST} }`,
      ['4:23 unknown-caller'],
    ],
    ['the gateway', `{ name: x, to: a, from: gateway, ${REST} }`, []],
    ['no time', '{ name: x, to: a, maxTokens: 1, fillInterval: 0ms }', ['4:51 wrong-value']],
    ['no token', '{ name: x, to: a, maxTokens: 0, fillInterval: 1s }', ['4:34 wrong-value']],
  ])('with %s: %s', (_, limit, expected) => {
    const found = problemsOf(withLimit(limit)).map((text) => text.split(' ').slice(0, 2).join(' '));
    expect(found).toEqual(expected);
  });

  it('has each name once', () => {
    const one = `{ name: x, to: a, ${REST} }`;
    expect(problemsOf(withLimit(`${one}\n  - ${one}`))).toEqual([
      '5:13 duplicate-name two rate limits have the name "x"',
    ]);
  });
});
