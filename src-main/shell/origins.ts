/** Where the window may go: the engine's own page and nowhere else. Pure. */

/** Whether `url` is a page of the engine whose app is at `appUrl`. */
export function isOwnPage(url: string, appUrl: string): boolean {
  return originOf(url) !== undefined && originOf(url) === originOf(appUrl);
}

/** Whether the system's browser may be asked to open it: nothing that starts a program. */
export function isWebLink(url: string): boolean {
  return /^https?:$/.test(parse(url)?.protocol ?? '');
}

function originOf(url: string): string | undefined {
  return parse(url)?.origin;
}

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
