/** The methods that HTTPRoute's schema knows (HTTPMethod); a match on another one cannot be said. */
const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PATCH',
]);

export function isKnownMethod(method: string | undefined): boolean {
  return method === undefined || METHODS.has(method);
}
