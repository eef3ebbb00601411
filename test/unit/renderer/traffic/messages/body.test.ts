import { describe, expect, it } from 'vitest';
import {
  base64Of,
  bytesOf,
  isText,
  lackText,
  textOf,
  viewsOf,
} from '../../../../../src-renderer/traffic/messages/body.ts';
import { message } from './exchange.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a captured body', () => {
  it('is shown as what it is, the best way first', () => {
    const json = ['tree', 'pretty', 'text', 'hex'];
    expect(viewsOf(bytes('{"a":1}'), 'application/json; charset=utf-8')).toEqual(json);
    expect(viewsOf(bytes('{"a":1}'), 'application/problem+json')).toEqual(json);
    expect(viewsOf(bytes(' [1]'), '')).toEqual(json);
    expect(viewsOf(bytes('a=b'), 'application/x-www-form-urlencoded')[0]).toBe('form');
    expect(viewsOf(bytes('--x'), 'multipart/form-data; boundary=x')[0]).toBe('form');
    expect(viewsOf(new Uint8Array([0, 1]), 'application/grpc+proto')).toEqual(['grpc', 'hex']);
    expect(viewsOf(new Uint8Array([0xff]), 'image/png')).toEqual(['image', 'hex']);
    expect(viewsOf(bytes('<svg/>'), 'image/svg+xml')).toEqual(['image', 'text', 'hex']);
    expect(viewsOf(bytes('<p>'), 'text/html')).toEqual(['text', 'hex']);
    expect(viewsOf(new Uint8Array([0, 1, 2]), 'application/json')).toEqual(['hex']);
    expect(viewsOf(new Uint8Array(0), 'application/json')).toEqual([]);
  });

  it('that is JSON cut off is text', () => {
    expect(viewsOf(bytes('{"a":'), 'application/json')).toEqual(['text', 'hex']);
  });

  it('is read in its charset, and in UTF-8 where nobody knows it', () => {
    expect(textOf(new Uint8Array([0xe4]), 'text/plain; charset="ISO-8859-1"')).toBe('ä');
    expect(textOf(bytes('ä'), 'text/plain; charset=klingon')).toBe('ä');
  });

  it('is text where a character is cut at its end, and not where there are control characters', () => {
    expect(isText(bytes('ende ä').subarray(0, 6))).toBe(true);
    expect(isText(new Uint8Array([0xff, 0xfe, 65, 66]))).toBe(false);
    expect(isText(new Uint8Array([65, 0]))).toBe(false);
  });

  it('comes as base64, of any length', () => {
    const long = Uint8Array.from({ length: 300_000 }, (_, i) => i % 256);
    expect(bytesOf(base64Of(long))).toEqual(long);
  });

  it('says why there is less of it than there was', () => {
    expect(lackText(message({ body: 'abc' }))).toBeUndefined();
    const cut = message({ body: 'abc', lacks: 'cut', bodyBytes: 5000 });
    expect(lackText(cut)).toContain('3 of 5,000 bytes were kept');
    expect(lackText(message({ lacks: 'cannot-be-masked' }))).toContain('could not be decoded');
    expect(lackText(message({ lacks: 'too-much-at-once', bodyBytes: 7 }))).toContain('7 bytes');
  });
});
