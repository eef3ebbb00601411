/** What a route does with heads, with header names in lower case and the usual status filled in. */
import type { RoutePolicy } from '../mesh.ts';
import type { HeaderOperations } from '../route-actions.ts';
import type { RoutePolicyInput } from '../schema/route-policy.ts';

type Actions = Pick<
  RoutePolicy,
  'requestHeaders' | 'responseHeaders' | 'rewrite' | 'redirect' | 'directResponse'
>;
type HeadersInput = NonNullable<RoutePolicyInput['requestHeaders']>;

export function normalizeActions(input: RoutePolicyInput): Actions {
  const { requestHeaders, responseHeaders, rewrite, redirect, directResponse } = input;
  return defined({
    requestHeaders: requestHeaders && operations(requestHeaders),
    responseHeaders: responseHeaders && operations(responseHeaders),
    rewrite: rewrite && defined(rewrite),
    redirect: redirect && defined({ ...redirect, code: redirect.code ?? 301 }),
    directResponse:
      directResponse &&
      defined({
        ...directResponse,
        headers: directResponse.headers && lowerCased(directResponse.headers),
      }),
  });
}

function operations({ add, set, remove }: HeadersInput): HeaderOperations {
  return defined({
    add: add && lowerCased(add),
    set: set && lowerCased(set),
    remove: remove?.map((name) => name.toLowerCase()),
  });
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> } & {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
};

/** Without the keys that have no value. */
function defined<T extends object>(given: T): Defined<T> {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
