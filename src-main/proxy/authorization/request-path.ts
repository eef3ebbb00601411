/**
 * Paths as rules look at them. `/a/../admin`, `/%61dmin` and `/admin` are one resource to many a
 * service, so a rule that looked at the bytes alone could be walked around.
 */

const PERCENT = /%([0-9A-Fa-f]{2})/g;
/** RFC 3986 §2.3: encoding these changes nothing. */
const UNRESERVED = /^[A-Za-z0-9\-._~]$/;

/** The path before the query. */
export function withoutQuery(path: string): string {
  const end = path.indexOf('?');
  return end < 0 ? path : path.slice(0, end);
}

/**
 * What goes on in the place of a target: RFC 3986 §6.2.2 without dots and needless encodings, and
 * slashes for backslashes. Istio's default (`pathNormalization: BASE`).
 */
export function normalizePath(target: string): string {
  const path = withoutQuery(target);
  if (!path.startsWith('/')) return target;
  const decoded = path.replace(PERCENT, (encoded, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return UNRESERVED.test(character) ? character : encoded.toUpperCase();
  });
  return withoutDots(decoded.replaceAll('\\', '/')) + target.slice(path.length);
}

/** The most that a service may take a path for: slashes decoded and merged (Istio's strictest). */
export function loosePath(path: string): string {
  const decoded = withoutQuery(path).replace(/%(?:2F|5C)/gi, '/');
  return withoutDots(decoded.replace(/[/\\]+/g, '/'));
}

/** RFC 3986 §5.2.4. */
function withoutDots(path: string): string {
  if (!path.includes('/.')) return path;
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  segments.forEach((segment, i) => {
    const isLast = i === segments.length - 1;
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
    if (isLast && (segment === '.' || segment === '..')) kept.push('');
  });
  return `/${kept.join('/')}`;
}
