/** A captured request as a command line of curl, for a POSIX shell. Pure. */
import type { CapturedExchange } from '../../../src-main/api/contract/index.ts';
import { bytesOf, headerOf, isText } from './body.ts';

type Request = CapturedExchange['request'];

export interface CurlTarget {
  /** As the shell reads it, without a path: `http://127.0.0.1:8080`, `"$PAYMENTS_URL"`. */
  readonly base: string;
  /** A line of comment above the command, or empty. */
  readonly note: string;
}

/** Curl writes these by itself, or they belong to a connection that is gone (RFC 9110 §7.6.1). */
const OWN = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** To the gateway. @param url of it, as the engine tells it */
export function gatewayTarget(url: string): CurlTarget {
  return { base: url, note: '' };
}

/** From within the mesh: only the caller's own sidecar leads there. */
export function insideTarget(from: string, to: string): CurlTarget {
  const name = `${to.toUpperCase().replaceAll('-', '_')}_URL`;
  const note = `For inside the mesh: $${name} is in the environment of each instance of ${from}, and leads through its sidecar.`;
  return { base: `"$${name}"`, note };
}

export function curlCommand(request: Request, { base, note }: CurlTarget): string {
  const { method, path, protocol } = request;
  const body = bytesOf(request.body);
  const isPiped = body.length > 0 && !isWord(body);
  const lines = [
    `${isPiped ? `printf '${octal(body)}' | ` : ''}curl ${address(base, path)}`,
    // Braces and brackets in a path mean themselves, and dots are not taken out of it.
    ...(/[[\]{}]/.test(path) ? ['--globoff'] : []),
    ...(/\/\.{1,2}(?:[/?]|$)/.test(path) ? ['--path-as-is'] : []),
    ...methodOption(method, body.length > 0),
    ...(protocol === 'h2' ? ['--http2-prior-knowledge'] : []),
    ...headerOptions(request, base),
    ...(body.length > 0 ? [isPiped ? '--data-binary @-' : `--data-raw ${quotedBody(body)}`] : []),
  ];
  const command = lines.join(' \\\n  ');
  return note === '' ? command : `# ${note}\n${command}`;
}

/** What the shell is to fill in stands outside of the quotes. */
function address(base: string, path: string): string {
  return base.startsWith('"') ? base + quoted(path) : quoted(base + path);
}

function methodOption(method: string, hasBody: boolean): string[] {
  if (method === 'HEAD') return ['--head'];
  return method === (hasBody ? 'POST' : 'GET') ? [] : [`--request ${quoted(method)}`];
}

function headerOptions({ headers, decoded, body }: Request, base: string): string[] {
  const isSaid = (name: string, value: string): boolean =>
    OWN.has(name) ||
    (name === 'host' && base === `http://${value}`) ||
    // The body stands here without its coding.
    (name === 'content-encoding' && decoded !== '');
  const given = headers
    .filter(([name, value]) => !isSaid(name, value))
    // With a semicolon curl sends a header that has no value.
    .map(([name, value]) => `--header ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`);
  // Where there is a body, curl would say that it is a form.
  const isTyped = body === '' || headerOf(headers, 'content-type') !== '';
  return isTyped ? given : [...given, `--header 'content-type:'`];
}

/**
 * Within single quotes a shell takes everything as it stands; a quote itself is put outside of them.
 * A word that needs none has none.
 */
export function quoted(text: string): string {
  if (/^[\w./:=@%+,-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Whether it can be an argument: no argument can hold a NUL, nor bytes that are no text. */
function isWord(body: Uint8Array): boolean {
  if (!isText(body)) return false;
  return !new TextDecoder().decode(body).includes('\uFFFD');
}

function quotedBody(body: Uint8Array): string {
  return quoted(new TextDecoder().decode(body));
}

/** As POSIX's printf reads it: each byte as a backslash and three octal digits. */
function octal(bytes: Uint8Array): string {
  return [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
