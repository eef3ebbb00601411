/** The caller is sent elsewhere (Envoy: redirect). */
import type { RouteConfig } from '../../config.ts';
import type { RedirectConfig } from '../../config/route-actions.ts';
import { HopFlag } from '../../hop.ts';
import { compilePathRewrite } from './path-rewrite.ts';
import type { RequestFilter } from './request-filter.ts';

export function createRedirect({ redirect }: RouteConfig): RequestFilter | undefined {
  if (!redirect) return undefined;
  const pathOf = compilePathRewrite(redirect);
  return {
    onRequest({ path, host }) {
      const target = pathOf?.(path) ?? path;
      return {
        kind: 'respond',
        status: redirect.code,
        code: '',
        message: '',
        headers: [['location', `${originOf(redirect, host)}${target}`]],
        body: '',
        flags: HopFlag.DIRECT_RESPONSE,
        rule: '',
      };
    },
  };
}

/** Callers of HTTP/1.0 may have named no host: then the place is on the same one. */
function originOf(redirect: RedirectConfig, asked: string): string {
  const [, name = '', given = ''] = /^(.*?)(?::([0-9]*))?$/.exec(asked) ?? [];
  const host = redirect.host ?? name;
  if (host === '') return '';
  const scheme = redirect.scheme ?? 'http';
  // The usual port of the scheme that was asked by does not go with another one.
  const kept = given === '80' ? '' : given;
  const port = redirect.port === undefined ? kept : String(redirect.port);
  const isUsual = port === '' || port === (scheme === 'http' ? '80' : '443');
  return `${scheme}://${host}${isUsual ? '' : `:${port}`}`;
}
