/** Where the window may go: the engine's own page and nowhere else. Pure. */

/** Whether `url` is a page of the engine whose app is at `appUrl`. */
export function isOwnPage(url: string, appUrl: string): boolean {
  return originOf(url) !== undefined && originOf(url) === originOf(appUrl);
}

/** What goes over no network and reads no file. `devtools:` is the window's own inspector. */
const INSIDE = ['data:', 'blob:', 'about:', 'devtools:'];

/** Whether the page may load it: from the engine, or from inside itself. */
export function isOwnRequest(url: string, appUrl: string): boolean {
  const asked = parse(url);
  if (!asked) return false;
  if (INSIDE.includes(asked.protocol)) return true;
  return /^(http|ws):$/.test(asked.protocol) && asked.host === parse(appUrl)?.host;
}

/** Whether the system's browser may be asked to open it: nothing that starts a program. */
export function isWebLink(url: string): boolean {
  return /^https?:$/.test(parse(url)?.protocol ?? '');
}

/** The policy that the shell lays over the engine's own: what is not named here cannot be loaded. */
export function contentSecurityPolicy(appUrl: string): string {
  const host = parse(appUrl)?.host ?? '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ws://${host}`,
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function originOf(url: string): string | undefined {
  return parse(url)?.origin;
}

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
