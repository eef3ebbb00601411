/** What a route does with heads, or instead of sending a request on. Names are Envoy's. */

/** Names in lower case. Removed first, then set, then added (Envoy's order). */
export interface HeaderOperations {
  readonly add?: Readonly<Record<string, string>>;
  readonly set?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

/** By segment: `from` is a prefix that all requests of the route have. */
export interface PrefixRewrite {
  readonly from: string;
  readonly to: string;
}

export interface RewriteConfig {
  readonly path?: string;
  readonly prefix?: PrefixRewrite;
  /** RE2; `\1` in the substitution is what the first group found. */
  readonly regex?: { readonly pattern: string; readonly substitution: string };
  readonly host?: string;
}

export interface RedirectConfig {
  readonly scheme?: 'http' | 'https';
  readonly host?: string;
  readonly port?: number;
  readonly path?: string;
  readonly prefix?: PrefixRewrite;
  readonly code: number;
}

export interface DirectResponseConfig {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RouteActions {
  readonly requestHeaders?: HeaderOperations;
  readonly responseHeaders?: HeaderOperations;
  readonly rewrite?: RewriteConfig;
  readonly redirect?: RedirectConfig;
  readonly directResponse?: DirectResponseConfig;
}
