/** Another path for a request; its query stays. Pure. */
import { RE2JS } from 're2js';
import type { PrefixRewrite, RewriteConfig } from '../../config/route-actions.ts';

export type PathRewrite = (path: string) => string;

/** Undefined where the path stays as it is. */
export function compilePathRewrite({
  path,
  prefix,
  regex,
}: Pick<RewriteConfig, 'path' | 'prefix' | 'regex'>): PathRewrite | undefined {
  if (path !== undefined) return onPath(() => path);
  if (prefix !== undefined) return onPath((given) => replacePrefix(given, prefix));
  if (regex === undefined) return undefined;
  const pattern = RE2JS.compile(regex.pattern);
  const replacement = forRe2js(regex.substitution);
  return onPath((given) => pattern.matcher(given).replaceAll(replacement));
}

function onPath(rewrite: PathRewrite): PathRewrite {
  return (path) => {
    // The asterisk of OPTIONS is no path.
    if (!path.startsWith('/')) return path;
    const end = path.indexOf('?');
    const written = end < 0 ? rewrite(path) : rewrite(path.slice(0, end)) + path.slice(end);
    return written.startsWith('/') ? written : `/${written}`;
  };
}

/** Gateway API's ReplacePrefixMatch: `/a` by `/b` makes `/b/c` of `/a/c`, by `/` makes `/c`. */
function replacePrefix(path: string, { from, to }: PrefixRewrite): string {
  return to.replace(/\/+$/, '') + path.slice(from.replace(/\/+$/, '').length);
}

/** RE2's `\1` is `$01` there, which no digit behind it can change, and a plain dollar is `$$`. */
function forRe2js(substitution: string): string {
  const plain = substitution.replaceAll('$', () => '$$');
  return plain.replaceAll(/\\([0-9])/g, (_, group: string) =>
    group === '0' ? '$&' : `$0${group}`,
  );
}
