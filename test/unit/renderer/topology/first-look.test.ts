import { describe, expect, it } from 'vitest';
import { HUGE, LARGE, firstLook } from '../../../../src-renderer/topology/model/first-look.ts';

describe('the first look at a mesh', () => {
  it('is all of a small one, whatever its labels', () => {
    expect(firstLook(LARGE, ['team'])).toEqual({
      groupBy: '',
      closed: false,
      table: false,
      focus: false,
      why: undefined,
    });
  });

  it('is the closed groups of a large one, by the label of most services', () => {
    expect(firstLook(LARGE + 1, ['domain', 'team'])).toMatchObject({
      groupBy: 'domain',
      closed: true,
      table: false,
      why: undefined,
    });
  });

  it('is all of a large one that has no labels', () => {
    expect(firstLook(HUGE, [])).toMatchObject({ groupBy: '', focus: false, table: false });
  });

  it('has the table beside the closed groups of a huge one, and says why', () => {
    const look = firstLook(1000, ['domain']);
    expect(look).toMatchObject({ groupBy: 'domain', closed: true, table: true, focus: false });
    expect(look.why).toContain('1,000 services');
    expect(look.why).toContain('grouped by domain');
  });

  it('is nothing but what is searched for where a huge one has no labels', () => {
    const look = firstLook(HUGE + 1, []);
    expect(look).toMatchObject({ groupBy: '', table: true, focus: true });
    expect(look.why).toContain('no labels');
  });
});
