/** What a VirtualService's route does with heads, or instead of leading to a service. */
import { RE2JS } from 're2js';
import type { RoutePolicy } from '../../../spec/mesh.ts';
import type { Way } from '../ways.ts';

type Part = Record<string, unknown>;

/** Instead of all else that a route says; undefined where it leads to a service. */
export function ownAnswer({ redirect, directResponse }: RoutePolicy): Part | undefined {
  if (redirect) {
    const { scheme, host, port, path, code } = redirect;
    return {
      redirect: {
        ...(path !== undefined && { uri: path }),
        ...(host !== undefined && { authority: host }),
        ...(port !== undefined && { port }),
        ...(scheme !== undefined && { scheme }),
        redirectCode: code,
      },
    };
  }
  if (!directResponse) return undefined;
  const { status, body } = directResponse;
  return { directResponse: { status, ...(body !== undefined && { body: { string: body } }) } };
}

export function headParts({ policy, prefix }: Pick<Way, 'policy' | 'prefix'>): Part {
  const { requestHeaders: request, responseHeaders: response, rewrite } = policy;
  const headers = { ...(request && { request }), ...(response && { response }) };
  const uri = rewrite && uriRewrite(rewrite, prefix);
  const authority = rewrite?.host;
  return {
    ...(rewrite && {
      rewrite: {
        ...(uri && { uriRegexRewrite: uri }),
        ...(authority !== undefined && { authority }),
      },
    }),
    ...(Object.keys(headers).length > 0 && { headers }),
  };
}

/** All as patterns: Istio's plain `uri` replaces what its match found, which is not by segment. */
function uriRewrite(
  { path, prefix: to, regex }: NonNullable<RoutePolicy['rewrite']>,
  from: string,
): { match: string; rewrite: string } | undefined {
  if (path !== undefined) return { match: '^.*$', rewrite: path };
  if (regex !== undefined) return { match: regex.pattern, rewrite: regex.substitution };
  if (to === undefined) return undefined;
  const plain = RE2JS.quote(from.replace(/\/+$/, ''));
  const target = to.replace(/\/+$/, '');
  return target === ''
    ? { match: `^${plain}/?(.*)$`, rewrite: '/\\1' }
    : { match: `^${plain}(/.*)?$`, rewrite: `${target}\\1` };
}
