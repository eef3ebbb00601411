import { describe, expect, it } from 'vitest';
import { parseRequestHead } from '../../../../src-main/proxy/codec/http1/request-head.ts';
import type { RouteConfig } from '../../../../src-main/proxy/config.ts';
import { createRewrite } from '../../../../src-main/proxy/filters/http/rewrite.ts';

function sent(part: Partial<RouteConfig>, path = '/a/b?c=d', headers = ''): string[] {
  const text = `GET ${path} HTTP/1.1\r\nhost: shop:80\r\n${headers}`;
  const head = parseRequestHead(text, 100);
  const route = { name: 'r', match: {}, overrides: [], split: [], timeout: 0, faults: [] };
  const to = createRewrite({ ...route, ...part })?.(head) ?? head;
  return [to.host + to.path, ...to.names.map((name, i) => `${name}: ${to.values[i]}`).slice(1)];
}

describe('a rewrite', () => {
  it.each([
    ['/a', '/x', '/a/b?c', '/x/b?c'],
    ['/a', '/', '/a/b', '/b'],
    ['/a', '/', '/a', '/'],
    ['/a/', '/', '/a?b=/a', '/?b=/a'],
    ['/a', '/x/', '/a/', '/x/'],
    ['/', '/x', '/b', '/x/b'],
  ])('of the prefix %s by %s makes of %s: %s', (from, to, path, expected) => {
    expect(sent({ rewrite: { prefix: { from, to } } }, path)[0]).toBe(`shop:80${expected}`);
  });

  it.each([
    ['/user/([0-9]+)/(.*)', '/\\2/\\1', '/user/7/cart?x', '/cart/7?x'],
    ['/(.)', '/\\12\\0', '/a', '/a2/a'],
    ['one', 'two', '/one/one', '/two/two'],
    ['/x', '/$1', '/x', '/$1'],
    ['^/', '', '/x', '/x'],
    ['no', 'yes', '/x', '/x'],
  ])('by the pattern %s to %s makes of %s: %s', (pattern, substitution, path, expected) => {
    expect(sent({ rewrite: { regex: { pattern, substitution } } }, path)[0]).toBe(
      `shop:80${expected}`,
    );
  });

  it('of the whole path keeps the query, and tells what was asked for', () => {
    expect(sent({ rewrite: { path: '/z' } }, '/a?b', 'x-envoy-original-path: /lie\r\n')).toEqual([
      'shop:80/z?b',
      'x-envoy-original-path: /a?b',
    ]);
  });

  it('of the host leaves the path alone', () => {
    expect(sent({ rewrite: { host: 'other:81' } })).toEqual(['other:81/a/b?c=d']);
  });

  it('leaves the asterisk of OPTIONS alone', () => {
    const head = parseRequestHead('OPTIONS * HTTP/1.1\r\nhost: a\r\n', 100);
    const route = { name: 'r', match: {}, overrides: [], split: [], timeout: 0, faults: [] };
    expect(createRewrite({ ...route, rewrite: { path: '/z' } })?.(head).path).toBe('*');
  });

  it('is nothing where the route asks for nothing', () => {
    const route = { name: 'r', match: {}, overrides: [], split: [], timeout: 0, faults: [] };
    expect(createRewrite(route)).toBeUndefined();
  });
});

describe('headers of a request', () => {
  it('are removed, then set, then added', () => {
    const given = 'a: 1\r\nb: 2\r\nb: 3\r\nc: 4\r\n';
    const operations = { remove: ['a', 'c'], set: { b: '5' }, add: { c: '6', d: '7' } };
    expect(sent({ requestHeaders: operations }, '/', given)).toEqual([
      'shop:80/',
      'b: 5',
      'c: 6',
      'd: 7',
    ]);
  });
});
