/** Who may talk to the engine: the checks that come before anything of a caller is parsed. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/** 32 random bytes as text that a URL can carry. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares in a time that tells nothing of the token, its length included. */
export function isToken(given: string | null, token: string): boolean {
  return given !== null && timingSafeEqual(digest(given), digest(token));
}

/**
 * Whether a Host header names this machine's loopback. A page of another site whose name was
 * rebound to 127.0.0.1 reaches our port, but its browser still sends that site's name.
 */
export function isLoopbackHost(host: string | undefined): host is string {
  return host !== undefined && HOST.test(host);
}

/**
 * Whether a WebSocket may be opened from this origin: from the app as we served it, Electron's
 * window included, or from a program that is no browser and sends none. `null` (a sandboxed frame,
 * a `file:` page) and every other site, other ports of this machine included, may not.
 */
export function isOwnOrigin(origin: string | undefined, host: string): boolean {
  return origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
