/** Matches as a VirtualService has them. */
import type { RequestMatch } from '../../../spec/mesh.ts';

export type IstioMatch = Record<string, unknown>;

/** Istio's `prefix` is not by segment: `/a` would take `/ab` too, so it is written as two matches. */
export function istioMatches(
  { path, method, headers }: RequestMatch,
  extra: IstioMatch = {},
): IstioMatch[] {
  const rest: IstioMatch = {
    ...(method !== undefined && { method: { exact: method } }),
    ...(headers !== undefined && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, exact]) => [name, { exact }]),
      ),
    }),
    ...extra,
  };
  if (path === undefined || path === '/') return Object.keys(rest).length > 0 ? [rest] : [];
  const plain = path.replace(/\/+$/, '');
  return [
    { uri: { exact: plain }, ...rest },
    { uri: { prefix: `${plain}/` }, ...rest },
  ];
}
