import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../../src-main/api/contract/index.ts';
import { complete } from '../../../../src-renderer/traffic/filter-completion.ts';
import { withNewest } from '../../../../src-renderer/traffic/filter-history.ts';
import { moved } from '../../../../src-renderer/traffic/list-keys.ts';

const known = { service: ['gateway', 'payments', 'orders'], path: ['/a b', '/api/cart'] };

/** `|` is where the caret is. */
function completed(text: string): string[] {
  const caret = text.indexOf('|');
  const plain = text.replace('|', '');
  const { from, to, options } = complete(plain, caret, known);
  return options.map((option) => plain.slice(0, from) + option.text + plain.slice(to));
}

describe('the completion of a filter', () => {
  it.each([
    ['ser|', ['service:']],
    ['5xx -sta|', ['5xx -status:']],
    ['service:pay|', ['service:payments']],
    ['service:|', ['service:gateway', 'service:payments', 'service:orders']],
    ['service:orders,pa|', ['service:orders,payments']],
    ['service:pa| status:500', ['service:payments status:500']],
    ['service:pay|xyz 5xx', ['service:payments 5xx']],
    ['path:a|', ['path:"/a b"', 'path:/api/cart']],
    ['is:fail|', ['is:failed', 'is:failed-inside']],
    ['flag:retry-|', ['flag:retry-limit', 'flag:retry-abandoned']],
    ['colour:r|', []],
    ['nothing-like-it|', []],
  ])('%j', (text, expected) => {
    expect(completed(text)).toEqual(expected);
  });

  it('offers all fields where nothing is typed, each with what it means', () => {
    const { options } = complete('', 0, known);
    expect(options.length).toBeGreaterThan(10);
    expect(options.every(({ detail }) => detail !== '')).toBe(true);
  });

  it('offers nothing that could not be understood', () => {
    for (const text of [
      'is:|',
      'status:|',
      'latency:|',
      'grpc:|',
      'method:|',
      'hops:|',
      'flag:|',
    ]) {
      const made = completed(text);
      expect(made.length).toBeGreaterThan(0);
      expect(made.flatMap((one) => parseFilter(one).problems)).toEqual([]);
    }
  });
});

describe('the history of filters', () => {
  it('has each once, the newest first', () => {
    expect(withNewest(['a', 'b'], ' b ')).toEqual(['b', 'a']);
    expect(withNewest(['a'], '')).toEqual(['a']);
  });

  it('has what was typed further once', () => {
    expect(withNewest(['status:5', 'x'], 'status:500')).toEqual(['status:500', 'x']);
  });

  it('has an end', () => {
    const long = Array.from({ length: 50 }, (_, i) => `a${i}`);
    expect(withNewest(long, 'new')).toHaveLength(20);
  });
});

describe('keys in the list', () => {
  it.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 0, 0],
    ['PageDown', 0, 4],
    ['PageUp', 2, 0],
    ['End', 3, 9],
    ['Home', 3, 0],
    ['x', 3, undefined],
  ])('%s at %i leads to %s', (key, at, to) => {
    expect(moved(key, at, 10, 4)).toBe(to);
  });

  it('lead nowhere in an empty one', () => {
    expect(moved('End', -1, 0, 4)).toBeUndefined();
  });
});
