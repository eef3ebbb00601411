import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RouteConfig, RouteMatch } from '../../../../src-main/proxy/config.ts';
import { compileMatch } from '../../../../src-main/proxy/router/match.ts';
import { indexRoutes } from '../../../../src-main/proxy/router/route-index.ts';
import type { Route } from '../../../../src-main/proxy/router/route.ts';

const path = fc.constantFrom('/', '/a', '/a/', '/a/b', '/ab', '/b', '/b/c', '//', '//a', '/%61');
const match: fc.Arbitrary<RouteMatch> = fc.oneof(
  fc.record({ pathPrefix: path }),
  path.map((value): RouteMatch => ({
    conditions: [{ of: 'path', name: '', by: 'exact', values: [value] }],
  })),
  fc.constantFrom<RouteMatch[]>(
    { method: 'POST' },
    { conditions: [{ of: 'path', name: '', by: 'regex', values: ['/a.*'] }] },
    { conditions: [{ of: 'path', name: '', by: 'exact', values: ['/a', '/b'] }] },
  ),
);
const asked = fc.record({
  path: fc.oneof(
    path,
    path.map((one) => `${one}?x=/b`),
    fc.constantFrom('*', '/c', '?a'),
  ),
  method: fc.constantFrom('GET', 'POST'),
});

it('an index finds the same route as asking each of them in turn', () => {
  fc.assert(
    fc.property(fc.array(match, { maxLength: 30 }), fc.array(asked), (matches, requests) => {
      const routes = matches.map((one, i) => ({
        config: { name: String(i), match: one } as RouteConfig,
        matches: compileMatch(one),
      })) as Route[];
      const find = indexRoutes(routes);
      for (const one of requests) {
        const request = { ...one, host: 'shop', names: [], values: [] };
        expect(find(request)).toBe(routes.find((route) => route.matches(request)));
      }
    }),
    { numRuns: 300, seed: 1 },
  );
});
