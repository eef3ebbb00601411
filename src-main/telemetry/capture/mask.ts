/**
 * Makes secrets of messages unreadable: of headers the ones whose use is to be secret, of bodies the
 * fields whose names say so. Pure. What a body means that is neither JSON, a form nor multipart is
 * not known here, and such a one stays as it is.
 */

export const MASK = '***';

type Header = readonly [name: string, value: string];

const CREDENTIALS = new Set(['authorization', 'proxy-authorization']);
const COOKIES = new Set(['cookie', 'set-cookie']);
const SECRET_HEADER =
  /^(x-)?(api-?key|auth-token|access-token|id-token|refresh-token|csrf-token|xsrf-token|amz-security-token)$/;
/** Anywhere in a field's name, so that `newPassword` and `client_secret` are found. */
const SECRET_FIELD =
  /passw|passphrase|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credential|authorization|^pin$|cvv|cvc|card[-_]?number/i;

export function isSecretField(name: string): boolean {
  return SECRET_FIELD.test(name);
}

/** @param header its name in lower case */
export function maskHeader([name, value]: Header): Header {
  // The scheme is no secret (RFC 9110 §11.4).
  if (CREDENTIALS.has(name)) return [name, value.replace(/^(\S+ )?.*$/s, `$1${MASK}`)];
  if (name === 'cookie') return [name, value.replace(/=[^;]*/g, `=${MASK}`)];
  if (COOKIES.has(name)) return [name, value.replace(/^([^=;]*=)[^;]*/, `$1${MASK}`)];
  return SECRET_HEADER.test(name) ? [name, MASK] : [name, value];
}

/** Of a path with its query: the values of secret parameters. */
export function maskPath(path: string): string {
  const at = path.indexOf('?');
  return at < 0 ? path : path.slice(0, at + 1) + maskForm(path.slice(at + 1));
}

/**
 * A body's text; it may be cut off anywhere.
 * @param contentType as the header has it, or empty
 */
export function maskText(text: string, contentType: string): string {
  const type = contentType.toLowerCase();
  if (type.includes('json')) return maskJson(text);
  if (type.startsWith('application/x-www-form-urlencoded')) return maskForm(text);
  if (type.startsWith('multipart/')) return maskMultipart(text);
  return type === '' && /^\s*[{[]/.test(text) ? maskJson(text) : text;
}

function maskForm(text: string): string {
  return text
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at > 0 && isSecretField(pair.slice(0, at)) ? `${pair.slice(0, at + 1)}${MASK}` : pair;
    })
    .join('&');
}

function maskMultipart(text: string): string {
  const part =
    /(content-disposition:[^\r\n]*?\bname="([^"]*)"[^]*?\r?\n\r?\n)([^]*?)(?=\r?\n--|$)/gi;
  return text.replace(part, (whole, head: string, name: string) =>
    isSecretField(name) ? head + MASK : whole,
  );
}

const STRING = /"(?:[^"\\]|\\[^])*"?/y;
const COLON = /\s*:\s*/y;
const SCALAR = /[^\s,\]}]+/y;

/** Reads it as tokens, so that what is cut off is masked too, and the rest stays to the byte. */
function maskJson(text: string): string {
  let masked = '';
  let kept = 0;
  for (let at = text.indexOf('"'); at >= 0 && at < text.length; at = text.indexOf('"', at)) {
    const end = match(STRING, text, at);
    const value = match(COLON, text, end);
    if (value === end || !isSecretField(text.slice(at + 1, end - 1))) {
      at = end;
      continue;
    }
    masked += `${text.slice(kept, value)}"${MASK}"`;
    kept = at = endOfValue(text, value);
  }
  return masked + text.slice(kept);
}

/** Where a JSON value ends that begins at `from`: whole objects and arrays too. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length;) {
    const char = text.charAt(at);
    if (char === '"') at = match(STRING, text, at);
    else if (/[\s,:{}[\]]/.test(char)) at++;
    else at = match(SCALAR, text, at);
    if (char === '{' || char === '[') depth++;
    if (char === '}' || char === ']') depth--;
    if (depth <= 0) return at;
  }
  return text.length;
}

/** Where what begins at `at` ends. */
function match(what: RegExp, text: string, at: number): number {
  what.lastIndex = at;
  return at + (what.exec(text)?.[0].length ?? 0);
}
