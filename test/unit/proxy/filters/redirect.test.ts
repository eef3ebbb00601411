import { describe, expect, it } from 'vitest';
import type { RedirectConfig } from '../../../../src-main/proxy/config/route-actions.ts';
import { createRedirect } from '../../../../src-main/proxy/filters/http/redirect.ts';
import type { RequestContext } from '../../../../src-main/proxy/filters/http/request-filter.ts';

function locationOf(redirect: Partial<RedirectConfig>, path: string, host: string): unknown {
  const route = { name: 'r', match: {}, overrides: [], split: [], timeout: 0, faults: [] };
  const filter = createRedirect({ ...route, redirect: { code: 301, ...redirect } });
  const action = filter?.onRequest?.({ path, host } as RequestContext);
  return action?.kind === 'respond' ? action.headers?.[0]?.[1] : action;
}

describe('a redirect', () => {
  it.each<[Partial<RedirectConfig>, string, string]>([
    [{ scheme: 'https' }, 'a.example', 'https://a.example/x?y'],
    [{ scheme: 'https' }, 'a.example:80', 'https://a.example/x?y'],
    [{ scheme: 'https' }, 'a.example:8080', 'https://a.example:8080/x?y'],
    [{ scheme: 'https', port: 443 }, 'a.example:8080', 'https://a.example/x?y'],
    [{ host: 'b.example' }, 'a.example:8080', 'http://b.example:8080/x?y'],
    [{ host: 'b.example', port: 80 }, 'a.example:8080', 'http://b.example/x?y'],
    [{ port: 81 }, '[::1]:80', 'http://[::1]:81/x?y'],
    [{ path: '/z' }, 'a.example', 'http://a.example/z?y'],
    [{ prefix: { from: '/x', to: '/z' } }, 'a.example', 'http://a.example/z?y'],
    [{ path: '/z' }, '', '/z?y'],
  ])('by %j at %s leads to %s', (redirect, host, expected) => {
    expect(locationOf(redirect, '/x?y', host)).toBe(expected);
  });
});
