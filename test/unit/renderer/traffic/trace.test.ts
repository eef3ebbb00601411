import { describe, expect, it } from 'vitest';
import type { HopView, TraceView } from '../../../../src-main/api/contract/index.ts';
import { criticalPath, sharesOf } from '../../../../src-renderer/traffic/critical-path.ts';
import { nestingOf } from '../../../../src-renderer/traffic/nesting.ts';
import { compareTraces, partLike } from '../../../../src-renderer/traffic/trace-comparison.ts';
import { waterfallRows } from '../../../../src-renderer/traffic/waterfall-model.ts';
import { hopView } from '../../../support/hop-view.ts';

/** What came in at a service. */
function at(service: string, id: string, parent: string, start: number, length: number): HopView {
  const way = { direction: 'inbound', node: `${service}-0`, destination: service } as const;
  return hopView(id, parent, start, length, 0, way);
}

/** What a service sent to another one. */
function call(
  [source, destination]: readonly [string, string],
  id: string,
  parent: string,
  start: number,
  length: number,
  given: Partial<HopView> = {},
): HopView {
  return hopView(id, parent, start, length, 0, {
    ...{ direction: 'outbound', node: `${source}-0`, source, destination },
    ...given,
  });
}

function traceOf(hops: HopView[]): TraceView {
  const start = Math.min(...hops.map((one) => one.start));
  const end = Math.max(...hops.map((one) => one.start + one.duration));
  return { traceId: 't', start, duration: end - start, hops };
}

const gateway = { direction: 'gateway', node: 'gateway', source: 'gateway' } as const;

/** web asks a and b one after the other, and c beside them. */
const trace = traceOf([
  call(['gateway', 'web'], 'g', '', 0, 100, gateway),
  at('web', 'w', 'g', 5, 90),
  call(['web', 'a'], 'a', 'w', 10, 30),
  call(['web', 'c'], 'c', 'w', 12, 20),
  call(['web', 'b'], 'b', 'w', 50, 40),
]);

describe('hops', () => {
  it('stand below what their service was busy with, where only it knows their parent', () => {
    const hops = [
      at('web', 'w', '', 0, 100),
      call(['web', 'a'], 'a', 'own-span', 10, 20),
      at('other', 'o', '', 0, 100),
      call(['web', 'b'], 'b', 'own-span', 150, 20),
    ];
    const { children, guessed } = nestingOf(hops);
    expect(children.get('w')?.map(({ spanId }) => spanId)).toEqual(['a']);
    expect([...guessed]).toEqual(['a']);
    expect(children.get('')?.map(({ spanId }) => spanId)).toEqual(['w', 'o', 'b']);
    const rows = waterfallRows(traceOf(hops));
    expect(rows.find(({ hop }) => hop.spanId === 'a')).toMatchObject({ depth: 1, isGuessed: true });
  });

  it('that began at the same place are told apart by what began last', () => {
    const { children } = nestingOf([
      at('web', 'outer', '', 0, 100),
      at('web', 'inner', 'x', 20, 50),
      call(['web', 'a'], 'a', 'own', 30, 10),
    ]);
    expect(children.get('inner')?.map(({ spanId }) => spanId)).toEqual(['a']);
  });
});

describe('the critical path', () => {
  it('has at each moment the hop that was waited for, and is as long as the request', () => {
    const { parts, sum } = criticalPath(trace);
    expect(parts.map(({ hop, from, to }) => [hop?.spanId, from, to])).toEqual([
      ['g', 0, 5],
      ['w', 5, 10],
      ['a', 10, 40],
      ['w', 40, 50],
      ['b', 50, 90],
      ['w', 90, 95],
      ['g', 95, 100],
    ]);
    expect(sum).toBe(trace.duration);
  });

  it('does not wait for what ran beside something longer, nor for shadows', () => {
    const shadow = call(['gateway', 'web'], 's', 'g', 0, 300, { shadow: true });
    const { self } = criticalPath({ ...trace, hops: [...trace.hops, shadow] });
    expect(self.has('c')).toBe(false);
    expect(self.has('s')).toBe(false);
  });

  it('goes on before a try that overlaps with the one after it', () => {
    const hedged = traceOf([
      call(['gateway', 'web'], '1', '', 0, 60, { ...gateway, flags: ['HEDGE_LOST'] }),
      call(['gateway', 'web'], '2', '', 40, 60, { ...gateway, attempt: 1 }),
    ]);
    expect(criticalPath(hedged).parts.map(({ hop, from, to }) => [hop?.spanId, from, to])).toEqual([
      ['1', 0, 40],
      ['2', 40, 100],
    ]);
  });

  it('knows that between two tries nothing was under way', () => {
    const retried = traceOf([
      call(['gateway', 'web'], '1', '', 0, 10, gateway),
      call(['gateway', 'web'], '2', '', 30, 10, { ...gateway, attempt: 1 }),
    ]);
    expect(sharesOf(criticalPath(retried))).toEqual([
      { name: 'gateway → web', time: 20 },
      { name: 'between tries', time: 20 },
    ]);
  });

  it('is drawn below each hop, in shares of the whole', () => {
    const rows = waterfallRows(trace);
    expect(rows.find(({ hop }) => hop.spanId === 'b')?.critical).toEqual([
      { from: 0.5, width: 0.4 },
    ]);
    expect(rows.find(({ hop }) => hop.spanId === 'c')?.critical).toEqual([]);
  });

  it('sums who was waited for, the longest first', () => {
    expect(sharesOf(criticalPath(trace))).toEqual([
      { name: 'web → b', time: 40 },
      { name: 'web → a', time: 30 },
      { name: 'web', time: 20 },
      { name: 'gateway → web', time: 10 },
    ]);
  });
});

describe('two traces', () => {
  it('are aligned hop by hop, with what differs in time and outcome', () => {
    const after = traceOf([
      call(['gateway', 'web'], 'G', '', 0, 130, gateway),
      at('web', 'W', 'G', 5, 120),
      call(['web', 'a'], 'A1', 'W', 10, 5, { status: 503, failure: 'timeout' }),
      call(['web', 'a'], 'A2', 'W', 20, 30, { attempt: 1 }),
      call(['web', 'b'], 'B', 'W', 60, 45),
    ]);
    const rows = compareTraces(trace, after);
    const said = rows.map(({ depth, before, after: now, slower, outcome }) =>
      [depth, before?.spanId, now?.spanId, slower, outcome].join(' '),
    );
    expect(said).toEqual([
      '0 g G 30 ',
      '1 w W 30 ',
      '2 a A1 -25 200 → 503 timeout',
      '2 c   ',
      '2 b B 5 ',
      '2  A2  ',
    ]);
  });

  it('that are the same differ in nothing', () => {
    for (const { slower, outcome, before, after } of compareTraces(trace, trace)) {
      expect([slower, outcome, before]).toEqual([0, '', after]);
    }
  });

  it('of which the later one began within the mesh are compared from there on', () => {
    const again = traceOf([call(['web', 'b'], 'B', 'other-trace', 0, 10)]);
    const part = partLike(trace, again);
    expect([part.duration, part.hops.map(({ spanId }) => spanId)]).toEqual([40, ['b']]);
    expect(compareTraces(part, again)).toHaveLength(1);
    expect(partLike(trace, trace)).toBe(trace);
  });
});
