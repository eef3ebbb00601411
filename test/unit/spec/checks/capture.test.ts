import { describe, expect, it } from 'vitest';
import { readMesh } from '../../../../src-main/spec/document/read.ts';
import { SAMPLE, meshOf } from '../document/sample.ts';

function problems(line: string): string[] {
  const text = `${SAMPLE}\ncapture:\n  - ${line}\n`;
  const result = readMesh(text, { file: 'faultline.yaml', folder: '/mesh' });
  const all = result.ok ? result.warnings : result.problems;
  return all.map(
    ({ code, severity, message, advice }) => `${severity} ${code}: ${message} ${advice ?? ''}`,
  );
}

describe('a capture', () => {
  it('is of everything, masked, 64 KiB of each body, where nothing else is said', () => {
    const [capture] = meshOf(`${SAMPLE}\ncapture: [{ name: all }]\n`).capture ?? [];
    expect(capture).toEqual({
      name: 'all',
      enabled: true,
      match: {},
      percentage: 100,
      bodyBytes: 65_536,
      masked: true,
    });
  });

  it('names services that there are', () => {
    expect(problems('{ name: c, to: payment }')).toEqual([
      expect.stringMatching(/error unknown-service: there is no service "payment" .*payments/),
    ]);
    expect(problems('{ name: c, from: order }')).toEqual([
      expect.stringMatching(/error unknown-service: there is no service "order" .*orders/),
    ]);
    expect(problems('{ name: c, from: gateway }')).toEqual([]);
  });

  it('is warned of where the caller does not call the service', () => {
    expect(problems('{ name: c, from: payments, to: orders }')).toEqual([
      expect.stringContaining('warning never-acts: payments does not call orders'),
    ]);
  });

  it('has a name of its own, and bodies of at most 1 MiB', () => {
    expect(problems('{ name: c }\n  - { name: c }')).toEqual([
      expect.stringContaining('duplicate-name: two captures have the name "c"'),
    ]);
    expect(problems('{ name: c, bodyBytes: 2000000 }')).toEqual([
      expect.stringContaining('at most 1048576 bytes'),
    ]);
  });
});
