/** A captured body as bytes and as text. Pure. */
import type { CapturedMessage } from '../../../src-main/api/contract/index.ts';

type Headers = CapturedMessage['headers'];

/** The ways in which a body can be shown. */
export type BodyView = 'tree' | 'pretty' | 'form' | 'grpc' | 'image' | 'text' | 'hex';

/** Of a text, looked at to tell whether it is one, in bytes. */
const LOOKED_AT = 4096;

/** The value of a header; empty where there is none. @param name in lower case */
export function headerOf(headers: Headers, name: string): string {
  return headers.find(([one]) => one === name)?.[1] ?? '';
}

export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

/**
 * One character for each byte. Not by a `TextDecoder`: its `latin1` is windows-1252; and not at once,
 * since `String.fromCharCode` takes only so many.
 */
export function byteText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

export function base64Of(bytes: Uint8Array): string {
  return btoa(byteText(bytes));
}

/** `application/json; charset=utf-8` as `application/json`. */
export function mediaType(contentType: string): string {
  return contentType.replace(/;.*$/s, '').trim().toLowerCase();
}

/** In the charset that the type names, where the platform knows it; else in UTF-8. */
export function textOf(bytes: Uint8Array, contentType: string): string {
  const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A name that nobody knows: UTF-8 is what most of them mean.
    return new TextDecoder().decode(bytes);
  }
}

/** Whether it reads as UTF-8 without control characters; a character that is cut at the end counts. */
export function isText(bytes: Uint8Array): boolean {
  const looked = bytes.subarray(0, LOOKED_AT);
  if (looked.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))) return false;
  const text = new TextDecoder().decode(looked);
  const at = text.indexOf('\uFFFD');
  return at < 0 || at >= text.length - 1;
}

/** How it can be shown, the best way first; none where there is nothing to show. */
export function viewsOf(bytes: Uint8Array, contentType: string): BodyView[] {
  if (bytes.length === 0) return [];
  const type = mediaType(contentType);
  if (type.startsWith('application/grpc')) return ['grpc', 'hex'];
  if (type.startsWith('image/')) return [...imageViews(type), 'hex'];
  if (!isText(bytes)) return type.startsWith('multipart/') ? ['form', 'hex'] : ['hex'];
  if (type === 'application/x-www-form-urlencoded' || type.startsWith('multipart/')) {
    return ['form', 'text', 'hex'];
  }
  if (isJson(bytes, contentType)) return ['tree', 'pretty', 'text', 'hex'];
  return ['text', 'hex'];
}

/** Drawings are text as well. */
function imageViews(type: string): BodyView[] {
  return type === 'image/svg+xml' ? ['image', 'text'] : ['image'];
}

/** Whole JSON: what is cut off is text. */
function isJson(bytes: Uint8Array, contentType: string): boolean {
  const type = mediaType(contentType);
  const text = textOf(bytes, contentType);
  if (!/[/+]json$/.test(type) && !(type === '' && /^\s*[{[]/.test(text))) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    // It is not what it says, or not all of it is here.
    return false;
  }
}

/** Why there is less of a body than there was; undefined: all of it is there. */
export function lackText({ lacks, body, bodyBytes, decoded }: CapturedMessage): string | undefined {
  switch (lacks) {
    case 'cut': {
      const kept = bytesOf(body).length;
      const unit = decoded === '' ? 'of' : 'bytes after decoding, of';
      return `Cut: ${count(kept)} ${unit} ${count(bodyBytes)} bytes were kept. The capture's bodyBytes says how many.`;
    }
    case 'too-much-at-once':
      return `Not kept: so much was captured at once that its ${count(bodyBytes)} bytes were let go of.`;
    case 'cannot-be-masked':
      return 'Not kept: it could not be decoded, so that secrets in it could not have been masked.';
    case '':
      return undefined;
  }
}

function count(bytes: number): string {
  return bytes.toLocaleString('en');
}
