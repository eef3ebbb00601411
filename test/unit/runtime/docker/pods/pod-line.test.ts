import { duplexPair } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { FrameReader, encodeFrame } from '../../../../../src-main/pod/frames.ts';
import type { FromPod, ToPod } from '../../../../../src-main/pod/messages.ts';
import { FakeClock } from '../../../../support/fake-clock.ts';
import { PodLine } from '../../../../../src-main/runtime/docker/pods/pod-line.ts';

const WIRING = { names: [], redirects: [], entries: [], open: [] };

function multiplexed(channel: 1 | 2, bytes: Buffer): Buffer {
  const head = Buffer.from([channel, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

/** A line with a program at its other end that answers as `answer` says. */
function lineTo(answer: (order: ToPod, say: (message: FromPod) => void) => void = () => {}) {
  const [ours, theirs] = duplexPair();
  const say = (message: FromPod): void =>
    void theirs.write(multiplexed(1, Buffer.concat(encodeFrame(message))));
  const frames = new FrameReader((message) => answer(message as ToPod, say));
  theirs.on('data', (chunk: Buffer) => frames.push(chunk));
  const lost: number[] = [];
  const clock = new FakeClock();
  const events = { onHopsLost: (count: number) => void lost.push(count), onEnd: () => {} };
  const line = new PodLine(ours, events, clock);
  const cry = (text: string): void => void theirs.write(multiplexed(2, Buffer.from(text)));
  return { line, clock, say, cry, end: () => theirs.end(), lost };
}

describe('the line to a pod', () => {
  it('is ready when the program has greeted', async () => {
    const { line, say } = lineTo();
    say({ type: 'hello', protocol: 1 });
    await expect(line.ready).resolves.toBeUndefined();
  });

  it('is refused where the program is of another version', async () => {
    const { line, say } = lineTo();
    say({ type: 'hello', protocol: 99 });
    await expect(line.ready).rejects.toThrow('another version (protocol 99)');
  });

  it('ends with what the program said last, for all that wait for it', async () => {
    const { line, cry, end } = lineTo();
    const reasons: string[] = [];
    line.listen({ onMessage: () => {}, onEnd: (reason) => reasons.push(reason) });
    const asked = line.probe({ host: '127.0.0.1', port: 80, timeout: 1_000 });
    cry('out of memory\n');
    end();
    const why = 'the sidecar has ended: out of memory';
    await expect(line.ready).rejects.toThrow(why);
    expect(await asked).toBe(why);
    expect(reasons).toEqual([why]);
    await expect(line.wire(WIRING)).rejects.toThrow(why);
  });

  it('brings each answer to its question, whatever their order', async () => {
    const orders: ToPod[] = [];
    const { line, say } = lineTo((order) => {
      orders.push(order);
      if (orders.length < 2) return;
      for (const one of orders.toReversed()) {
        if (one.type === 'probe')
          say({ type: 'probed', id: one.id, failure: `port ${one.target.port}` });
        if (one.type === 'wire') say({ type: 'wired', id: one.id, means: 'nftables' });
      }
    });
    const probed = line.probe({ host: '127.0.0.1', port: 81, timeout: 1_000 });
    const wired = line.wire(WIRING);
    expect([await probed, await wired]).toEqual(['port 81', { means: 'nftables' }]);
  });

  it('does not wait for ever for a program that is paused', async () => {
    const { line, clock } = lineTo();
    const asked = line.probe({ host: '127.0.0.1', port: 80, timeout: 1_000 });
    clock.advance(15_000);
    expect(await asked).toBe('the sidecar did not answer within 15000 ms');
    expect(clock.pending).toBe(0);
  });

  it('throws where the rules were refused', async () => {
    const { line } = lineTo((order, say) => {
      if (order.type === 'wire') say({ type: 'failed', id: order.id, reason: 'nft: no' });
    });
    await expect(line.wire(WIRING)).rejects.toThrow('nft: no');
  });

  it('passes on what the data plane says, and tells of hops that were lost', async () => {
    const { line, say, lost } = lineTo();
    const messages: unknown[] = [];
    line.listen({ onMessage: (message) => messages.push(message), onEnd: () => {} });
    say({ type: 'hello', protocol: 1 });
    say({ type: 'hops-lost', count: 7 });
    say({ type: 'removed', node: 'cart-v1-0' });
    await line.ready;
    await new Promise((resolve) => setImmediate(resolve));
    expect(messages).toEqual([{ type: 'removed', node: 'cart-v1-0' }]);
    expect(lost).toEqual([7]);
  });
});
