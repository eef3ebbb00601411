import { describe, expect, it } from 'vitest';
import { SAMPLE, meshOf, problemsOf } from '../document/sample.ts';

const BASE = SAMPLE.replace('split: { v1: 75, v2: 25 }', 'split: { v1: 100 }');

function withMirror(mirror: string, text = BASE): string {
  return text.replace('    timeout: 2s\n', `    timeout: 2s\n    mirror: ${mirror}\n`);
}

describe('a mirror in the document', () => {
  it('has its defaults', () => {
    expect(meshOf(withMirror('{ version: v2 }')).traffic['payments']?.mirror).toEqual({
      version: 'v2',
      percentage: 100,
      random: false,
      hostSuffix: true,
    });
    expect(meshOf(BASE).traffic['payments']?.mirror).toBeUndefined();
  });

  it.each([
    ['{}', 'missing-key a mirror names the version, or the other service'],
    ['{ version: v3 }', 'unknown-version payments has no version "v3"; did you mean "v1"?'],
    ['{ service: paymets, version: v2 }', 'unknown-service there is no service "paymets"'],
    ['{ service: orders, version: v2 }', 'unknown-version orders has no version "v2"'],
    ['{ version: v2, percentage: 101 }', 'wrong-value expected per cent'],
    ['{ version: v2, share: 10 }', 'unknown-key'],
    ['{ version: v1 }', 'idle-mirror all requests to payments go to v1 already'],
    ['{ service: payments, version: v1 }', 'idle-mirror all requests to payments go to v1 already'],
  ])('is told about where it cannot be, or does nothing: %s', (mirror, problem) => {
    const found = problemsOf(withMirror(mirror));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
  });

  it('points at the wrong word', () => {
    const text = withMirror('{ version: v3 }');
    const line = text.split('\n').findIndex((one) => one.includes('mirror:'));
    expect(problemsOf(text)[0]).toMatch(new RegExp(`^${line + 1}:24 unknown-version`));
  });

  it.each([
    '{ version: v2 }',
    '{ service: orders, percentage: 1 }',
    '{ version: v1, percentage: 0 }',
  ])('is let alone where it does something, or is to do nothing: %s', (mirror) =>
    expect(problemsOf(withMirror(mirror))).toEqual([]),
  );

  it('is told that it cannot act on bytes, on nothing, and to nobody', () => {
    const tcp = BASE.replace(
      '    command: node payments',
      '    protocol: tcp\n    command: node payments',
    );
    expect(problemsOf(withMirror('{ version: v2 }', tcp)).join()).toContain(
      'idle-mirror payments speaks tcp: only requests of HTTP are mirrored',
    );
    const uncalled = `${BASE}`
      .replace(
        '  payments:\n    split',
        '  web:\n    mirror: { service: orders }\n  payments:\n    split',
      )
      .replace('services:\n', 'services:\n  web: { command: x }\n');
    expect(problemsOf(uncalled).join()).toContain(
      'idle-mirror nobody calls web: there is nothing to mirror',
    );
    const empty = BASE.replace('replicas: 2', 'replicas: 0');
    expect(problemsOf(withMirror('{ version: v2 }', empty)).join()).toContain(
      'no-instances payments v2 gets the shadows and has no instances: nothing is compared',
    );
    const redirect = '    redirect: { path: /x }\n    timeout: 2s\n';
    expect(
      problemsOf(withMirror('{ version: v2 }', BASE).replace('    timeout: 2s\n', redirect)).join(),
    ).toContain('idle-mirror the route answers by itself: there is nothing to mirror');
  });
});
