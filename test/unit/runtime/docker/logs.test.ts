import { expect, it } from 'vitest';
import { LogFrames } from '../../../../src-main/runtime/docker/logs.ts';

function frame(type: number, text: string): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt8(type, 0);
  head.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([head, Buffer.from(text)]);
}

it('takes the two streams of an output apart, wherever they are cut', () => {
  const whole = Buffer.concat([frame(1, 'out one\n'), frame(2, 'err\n'), frame(1, 'out two\n')]);
  for (let size = 1; size <= whole.length; size++) {
    const got = { 1: '', 2: '' } as Record<number, string>;
    const frames = new LogFrames((type, part) => (got[type] += part.toString()));
    for (let at = 0; at < whole.length; at += size) frames.push(whole.subarray(at, at + size));
    expect(got).toEqual({ 1: 'out one\nout two\n', 2: 'err\n' });
  }
});
