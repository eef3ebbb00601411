import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../src-main/base/chance.ts';
import {
  IdSource,
  formatTraceparent,
  parseTraceparent,
} from '../../../../src-main/proxy/exchange/trace-context.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

describe('traceparent', () => {
  it('is read and written with a new span', () => {
    const context = parseTraceparent(`00-${TRACE}-${SPAN}-01`);
    expect(context).toEqual({ traceId: TRACE, parentId: SPAN, flags: '01' });
    expect(context && formatTraceparent(context, '00f067aa0ba902b7')).toBe(
      `00-${TRACE}-00f067aa0ba902b7-01`,
    );
  });

  it('of a later version is read by the rules of this one', () => {
    expect(parseTraceparent(`cc-${TRACE}-${SPAN}-01-what-the-future-holds`)).toBeDefined();
  });

  it.each([
    ['version ff', `ff-${TRACE}-${SPAN}-01`],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['a span id of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['upper case', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ['too short an id', `00-${TRACE.slice(1)}-${SPAN}-01`],
    ['nothing', ''],
  ])('is not believed with %s', (_what, value) => {
    expect(parseTraceparent(value)).toBeUndefined();
  });
});

describe('new ids', () => {
  const ids = new IdSource(seededChance(7));

  it('have the right form', () => {
    expect(ids.spanId()).toMatch(/^[0-9a-f]{16}$/);
    expect(ids.newTrace().traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(ids.requestId()).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('differ', () => {
    const some = Array.from({ length: 10_000 }, () => ids.spanId());
    expect(new Set(some).size).toBe(10_000);
  });
});
