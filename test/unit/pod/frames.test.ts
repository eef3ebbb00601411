import { describe, expect, it } from 'vitest';
import { FrameReader, encodeFrame } from '../../../src-main/pod/frames.ts';

/** What comes out where the stream of these messages is cut into pieces of `size` bytes. */
function throughPieces(messages: readonly unknown[], size: number): unknown[] {
  const bytes = Buffer.concat(messages.flatMap((one) => encodeFrame(one)));
  const got: unknown[] = [];
  const reader = new FrameReader((message) => got.push(message));
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  return got;
}

describe('frames', () => {
  const messages = [
    { type: 'hello', protocol: 1 },
    { type: 'hops', batch: { newStrings: ['a', 'ä'], count: 2, bytes: new Uint8Array([1, 2, 3]) } },
    { type: 'empty', bytes: new Uint8Array(0), after: [new Uint8Array([9]), 'text', null] },
  ];

  it.each([1, 3, 4, 7, 64, 10_000])('come out as they went in, in pieces of %i bytes', (size) => {
    expect(throughPieces(messages, size)).toEqual(messages);
  });

  it('bring bytes of a Buffer as bytes, in memory of their own', () => {
    const pool = Buffer.from('....payload').subarray(4);
    const [got] = throughPieces([{ bytes: pool }], 5) as [{ bytes: Uint8Array }];
    expect(Buffer.from(got.bytes).toString()).toBe('payload');
    expect([got.bytes.byteOffset, got.bytes.buffer.byteLength]).toEqual([0, 7]);
  });

  it('leave alone what a caller may have sent as text', () => {
    const message = { header: '{"\\u0000bytes":3}', nested: { bytes: 3 } };
    expect(throughPieces([message], 8)).toEqual([message]);
  });

  it.each([0, 3, 0xffff_ffff])(
    'are refused where a length of %i says that it is no frame',
    (length) => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(length);
      expect(() => new FrameReader(() => {}).push(head)).toThrow(/none of ours/);
    },
  );
});
