import { describe, expect, it } from 'vitest';
import { createAuthorizer } from '../../../../src-main/proxy/authorization/authorizer.ts';
import type { AuthorizationPolicyConfig } from '../../../../src-main/proxy/config.ts';
import type { RequestView } from '../../../../src-main/proxy/router/match.ts';

const WEB = 'spiffe://shop.local/ns/default/sa/web';
const GUEST = 'spiffe://shop.local/ns/guests/sa/web';
const GET: RequestView = { method: 'GET', path: '/', host: 'api:80', names: [], values: [] };

type Given = Partial<AuthorizationPolicyConfig>;

/** What is decided: `allowed`, or the rule that denies, in brackets where it is on trial. */
function decide(
  policies: Given[],
  spiffeId = WEB,
  request: Given | RequestView | null = {},
): string {
  const configs = policies.map((one, i) => ({
    name: `p${i}`,
    action: 'allow' as const,
    dryRun: false,
    ...one,
  }));
  const authorizer = createAuthorizer({ namesRule: true, policies: configs });
  const denial = authorizer.decide(spiffeId, request === null ? undefined : { ...GET, ...request });
  if (!denial) return 'allowed';
  return denial.dryRun ? `(${denial.rule})` : denial.rule;
}

const deny = { action: 'deny' } as const;

describe("Istio's order", () => {
  it('allows all where there is no policy', () => {
    expect(decide([])).toBe('allowed');
  });

  it('denies what a deny policy fits, whatever is allowed', () => {
    expect(decide([{}, { ...deny, namespaces: ['default'] }])).toBe('p1');
  });

  it('allows the rest where there are deny policies alone', () => {
    expect(decide([{ ...deny, namespaces: ['guests'] }])).toBe('allowed');
  });

  it('denies what none of the allow policies fits, and names them', () => {
    const policies = [{ methods: ['POST'] }, { namespaces: ['guests'] }];
    expect(decide(policies)).toBe('p0,p1');
    expect(decide(policies, GUEST)).toBe('allowed');
  });

  it('denies all by a deny policy without anything', () => {
    expect(decide([deny])).toBe('p0');
  });
});

describe('a policy', () => {
  it.each<[string, Given, boolean]>([
    ['a principal, whole', { principals: ['shop.local/ns/default/sa/web'] }, true],
    ['a principal with its scheme', { principals: [WEB] }, true],
    ['another principal', { principals: ['shop.local/ns/default/sa/we'] }, false],
    ['a prefix', { principals: ['shop.local/ns/default/*'] }, true],
    ['a suffix', { principals: ['*/sa/web'] }, true],
    ['anybody with an identity', { principals: ['*'] }, true],
    ['one of several', { principals: ['a', '*/web'] }, true],
    ['a namespace', { namespaces: ['def*'] }, true],
    ['another namespace', { namespaces: ['sa'] }, false],
    ['all of its parts', { namespaces: ['default'], methods: ['GET'] }, true],
    ['but one of its parts', { namespaces: ['default'], methods: ['POST'] }, false],
    ['a host, with the port or without', { hosts: ['API'] }, true],
    ['a host with its port', { hosts: ['api:80'] }, true],
    ['another port', { hosts: ['api:81'] }, false],
  ])('fits by %s: %o', (_, given, fits) => {
    expect(decide([given])).toBe(fits ? 'allowed' : 'p0');
    expect(decide([{ ...given, ...deny }])).toBe(fits ? 'p0' : 'allowed');
  });

  it('about identities never fits a caller in plain text', () => {
    for (const part of [{ principals: ['*'] }, { namespaces: ['*'] }]) {
      expect(decide([part], '')).toBe('p0');
      expect(decide([{ ...part, ...deny }], '')).toBe('allowed');
    }
  });

  it('looks at a path without its query', () => {
    expect(decide([{ paths: ['/a'] }], WEB, { ...GET, path: '/a?b=/c' })).toBe('allowed');
    expect(decide([{ paths: ['*/c'] }], WEB, { ...GET, path: '/a?b=/c' })).toBe('p0');
  });

  it('that denies is not walked around by another spelling of the path', () => {
    const policies = [{ ...deny, paths: ['/admin*'] }];
    for (const path of [
      '/admin',
      '//admin',
      '/%2fadmin',
      '/a/..%2Fadmin',
      '/a\\..\\admin',
      '/x/..//admin/y',
    ]) {
      expect([path, decide(policies, WEB, { ...GET, path })]).toEqual([path, 'p0']);
    }
    expect(decide(policies, WEB, { ...GET, path: '/public/admin' })).toBe('allowed');
  });

  it('takes the lines of a header together to allow, and each to deny', () => {
    const headers = { 'x-role': ['admin'] };
    const two = { ...GET, names: ['x-role', 'x-role'], values: ['guest', 'admin'] };
    const one = { ...GET, names: ['x-role'], values: ['admin'] };
    expect(decide([{ headers }], WEB, one)).toBe('allowed');
    expect(decide([{ headers }], WEB, two)).toBe('p0');
    expect(decide([{ headers, ...deny }], WEB, two)).toBe('p0');
    expect(decide([{ headers: { 'x-role': ['*'] } }], WEB, GET)).toBe('p0');
  });

  it('on a connection of bytes: allows by the caller alone, denies by the rest of it', () => {
    expect(decide([{ namespaces: ['default'] }], WEB, null)).toBe('allowed');
    expect(decide([{ methods: ['*'] }], WEB, null)).toBe('p0');
    expect(decide([{ ...deny, methods: ['DELETE'] }], WEB, null)).toBe('p0');
    expect(decide([{ ...deny, methods: ['DELETE'], namespaces: ['x'] }], WEB, null)).toBe(
      'allowed',
    );
  });
});

describe('a policy on trial', () => {
  const trial = { dryRun: true };

  it('lets all go on, and tells what it would deny', () => {
    expect(decide([{ ...deny, ...trial }])).toBe('(p0)');
    expect(decide([{ ...trial, methods: ['POST'] }])).toBe('(p0)');
    expect(decide([{ ...trial, methods: ['GET'] }])).toBe('allowed');
  });

  it('is judged together with those in force', () => {
    const policies = [{ methods: ['GET'] }, { ...trial, methods: ['POST'] }];
    expect(decide(policies)).toBe('allowed');
    // Not in force, it allows nobody either.
    expect(decide(policies, WEB, { ...GET, method: 'POST' })).toBe('p0');
  });
});
