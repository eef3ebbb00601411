import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseDuration } from '../../../../src-main/base/units.ts';
import { DEFAULT_LIMITS } from '../../../../src-main/proxy/config.ts';
import { limits } from '../../../../src-main/spec/schema/limits.ts';
import { meshOf, problemsOf } from '../document/sample.ts';

const mesh = (part: string): string => `mesh: a\nservices:\n  b: { command: x }\nlimits: ${part}\n`;

describe('limits', () => {
  it('are documented with the defaults that the data plane has', () => {
    const { properties = {} } = z.toJSONSchema(limits, { io: 'input' });
    const documented = Object.entries(properties).map(([key, one]) => {
      const value = (one as { default?: unknown }).default;
      return [key, typeof value === 'string' ? parseDuration(value) : value];
    });
    expect(documented.length).toBeGreaterThan(0);
    expect(DEFAULT_LIMITS).toMatchObject(Object.fromEntries(documented));
  });

  it('hold what is given and nothing else', () => {
    expect(meshOf(mesh('{ headTimeout: 2s, bodyBytes: 1000 }')).limits).toEqual({
      headTimeout: 2000,
      bodyBytes: 1000,
    });
    expect(
      meshOf(mesh('{ concurrentStreams: 5, tunnelIdleTimeout: 0s, detectionTimeout: 1s }')).limits,
    ).toEqual({ concurrentStreams: 5, tunnelIdleTimeout: 0, detectionTimeout: 1000 });
    expect(meshOf(mesh('')).limits).toBeUndefined();
  });

  it.each([
    ['a head that holds nothing', '{ headBytes: 100 }', 'at least 1024'],
    ['patience of nothing', '{ headTimeout: 0s }', 'more than 0'],
    ['no stream at all', '{ concurrentStreams: 0 }', 'at least 1'],
    ['a limit that is none', '{ bodySize: 1 }', 'unknown key "bodySize" in limits'],
  ])('cannot be %s', (_what, part, message) => {
    const problems = problemsOf(mesh(part));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });
});
