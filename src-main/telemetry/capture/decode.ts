/** Bodies as they were before their content coding (RFC 9110 §8.4.1), as far as they are there. */
import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, inflate } from 'node:zlib';
import type { Bytes } from '../../base/units.ts';

/** A small body can unfold to a great one. */
const MOST: Bytes = 1024 * 1024;

const soft = { maxOutputLength: MOST, finishFlush: constants.Z_SYNC_FLUSH };
const brotli = {
  maxOutputLength: MOST,
  finishFlush: constants.BROTLI_OPERATION_FLUSH,
};

const DECODERS: Readonly<Record<string, (body: Uint8Array) => Promise<Uint8Array>>> = {
  gzip: (body) => promisify(gunzip)(body, soft),
  'x-gzip': (body) => promisify(gunzip)(body, soft),
  deflate: (body) => promisify(inflate)(body, soft),
  br: (body) => promisify(brotliDecompress)(body, brotli),
};

/**
 * @param coding the content-encoding, or empty
 * @returns undefined where it cannot be decoded: another coding, not what it says, or too large
 */
export async function decodeBody(
  body: Uint8Array,
  coding: string,
): Promise<Uint8Array | undefined> {
  const name = coding.trim().toLowerCase();
  if (name === '' || name === 'identity' || body.length === 0) return body;
  const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  try {
    return await decode?.(body);
  } catch {
    // Whoever sent it says that it is what it is not: that is for the reader to see.
    return undefined;
  }
}
