import { describe, expect, it } from 'vitest';
import { Demultiplexer } from '../../../../../src-main/runtime/docker/pods/demultiplexer.ts';

function part(channel: 1 | 2, text: string): Buffer {
  const head = Buffer.from([channel, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([head, Buffer.from(text)]);
}

describe('the channels of a container', () => {
  const bytes = Buffer.concat([part(1, 'out 1'), part(2, 'err'), part(1, ''), part(1, 'out 2')]);

  it.each([1, 2, 5, 8, 9, 1_000])('are taken apart, in pieces of %i bytes', (size) => {
    let stdout = '';
    let stderr = '';
    const channels = new Demultiplexer({
      onStdout: (chunk) => (stdout += chunk.toString()),
      onStderr: (chunk) => (stderr += chunk.toString()),
    });
    for (let at = 0; at < bytes.length; at += size) channels.push(bytes.subarray(at, at + size));
    expect([stdout, stderr]).toEqual(['out 1out 2', 'err']);
  });
});
