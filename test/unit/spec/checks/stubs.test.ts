import { describe, expect, it } from 'vitest';
import { problemsOf } from '../document/sample.ts';

const mesh = (service: string): string =>
  `mesh: m\nservices:\n  web:\n    ${service}\n    calls: [users]\n  users: { stub: {} }\n`;

describe('a stub', () => {
  it.each([
    ['with a command at the same place', 'command: node x.mjs\n    stub: {}', ['4:5 wrong-value']],
    ['with what only programs have', 'stub: {}\n    health: /healthz', ['5:5 wrong-value']],
    ['that speaks a protocol of programs', 'stub: {}\n    protocol: grpc', ['5:15 wrong-value']],
    ['with shares that are not 100', 'stub: { statuses: { 200: 90 } }', ['4:13 split-sum']],
    ['that calls what it may not', 'stub: { calls: [web] }', ['4:21 unknown-service']],
    [
      'whose response calls what it may not',
      'stub: { responses: [{ path: /a, calls: [{ service: other }] }] }',
      ['4:56 unknown-service'],
    ],
    ['with no status', 'stub: { statuses: { ok: 100 } }', ['4:25 wrong-value']],
  ])('%s is refused', (_what, service, places) => {
    const problems = problemsOf(mesh(service));
    expect(problems.map((problem) => problem.split(' ', 2).join(' '))).toEqual(places);
  });

  it('may be one version beside a program', () => {
    expect(
      problemsOf(mesh('command: node x.mjs\n    versions: { v1: {}, v2: { stub: {} } }')),
    ).toEqual([]);
  });
});
