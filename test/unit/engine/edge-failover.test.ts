import { describe, expect, it } from 'vitest';
import { withFailovers } from '../../../src-main/engine/edge-failover.ts';
import type { EdgeFigures } from '../../../src-main/telemetry/figures.ts';

describe('an edge', () => {
  it('has the failovers of its own callers alone', () => {
    const priorities = [{ name: 'eu', load: 0, well: 0, total: 1 }];
    const common = { service: 'api', version: 'v1', priorities, hasServed: true };
    const failovers = [
      { ...common, by: 'web-v1-0' },
      { ...common, by: 'gateway' },
      { ...common, by: 'web-v1-1', service: 'other' },
    ];
    const callerOf = (node: string): string => (node.startsWith('web') ? 'web' : node);
    const plain = { from: 'web', to: 'api' } as EdgeFigures;
    expect(withFailovers(plain, failovers, callerOf).failovers).toEqual([
      { by: 'web-v1-0', version: 'v1', priorities },
    ]);
    expect(withFailovers({ ...plain, from: 'shop' }, failovers, callerOf)).not.toHaveProperty(
      'failovers',
    );
  });
});
