import { describe, expect, it } from 'vitest';
import { meshOf, problemsOf } from '../document/sample.ts';

const mesh = (part: string): string => `mesh: a\nservices:\n  b:\n    command: x\n    ${part}\n`;

describe('labels of a service', () => {
  it('are texts, however they are written', () => {
    const { services } = meshOf(mesh('labels: { team: billing, tier: 1, example.org/own: true }'));
    expect(services[0]?.labels).toEqual({ team: 'billing', tier: '1', 'example.org/own': 'true' });
  });

  it.each([
    ['a key with a blank', 'labels: { "my team": a }', 'the key of a label'],
    ['a value with a blank', 'labels: { team: "a b" }', 'such as "billing"'],
  ])('cannot have %s', (_what, part, message) => {
    expect(problemsOf(mesh(part)).join()).toContain(message);
  });
});

describe('health thresholds', () => {
  it("are Kiali's where they are not given", () => {
    const { services } = meshOf(mesh('healthThresholds: { clientErrors: { failing: 50 } }'));
    expect(services[0]?.healthThresholds).toEqual({
      serverErrors: { degraded: 0, failing: 10 },
      clientErrors: { degraded: 10, failing: 50 },
      grpcErrors: { degraded: 0, failing: 10 },
    });
    expect(meshOf(mesh('')).services[0]?.healthThresholds).toBeUndefined();
  });

  it.each([
    ['degraded above failing', '{ serverErrors: { degraded: 20 } }', 'failing" (10'],
    ['more than all', '{ serverErrors: { failing: 120 } }', 'from 0 to 100'],
    ['an unknown word', '{ 5xx: { failing: 20 } }', 'unknown key "5xx"'],
  ])('cannot be %s', (_what, part, message) => {
    const problems = problemsOf(mesh(`healthThresholds: ${part}`));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });
});
