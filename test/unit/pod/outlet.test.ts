import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { FrameReader } from '../../../src-main/pod/frames.ts';
import type { FromPod } from '../../../src-main/pod/messages.ts';
import type { CapturedExchange } from '../../../src-main/proxy/capture/captured.ts';
import { Outlet } from '../../../src-main/pod/outlet.ts';

/** A line that takes nothing until it is told to. */
function slowLine(): { stream: Writable; got: FromPod[]; open(): void } {
  const got: FromPod[] = [];
  const reader = new FrameReader((message) => got.push(message as FromPod));
  const held: (() => void)[] = [];
  let isOpen = false;
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      reader.push(chunk);
      if (isOpen) done();
      else held.push(done);
    },
  });
  const open = (): void => {
    isOpen = true;
    for (const done of held.splice(0)) done();
  };
  return { stream, got, open };
}

const hops = (count: number, name: string, size = 0): FromPod => ({
  type: 'hops',
  batch: { newStrings: [name], count, bytes: new Uint8Array(size) },
});

describe('what goes to an engine that is too slow', () => {
  it('is counted where it is captures', async () => {
    const { stream, got, open } = slowLine();
    const outlet = new Outlet(stream);
    outlet.send(hops(1, 'first', 5 * 1024 * 1024));
    const exchange = { capture: 'carts' } as CapturedExchange;
    outlet.send({ type: 'captured', exchanges: [exchange, exchange], lost: { orders: 1 } });
    open();
    await new Promise((resolve) => setImmediate(resolve));
    expect(got.at(-1)).toEqual({
      type: 'captured',
      exchanges: [],
      lost: { orders: 1, carts: 2 },
    });
  });

  it('is let go of where it is hops, but for their strings, and the loss is told', async () => {
    const { stream, got, open } = slowLine();
    const outlet = new Outlet(stream);
    outlet.send(hops(1, 'first', 5 * 1024 * 1024));
    outlet.send(hops(40, 'second', 100));
    outlet.send(hops(2, 'third', 100));
    outlet.send({ type: 'removed', node: 'orders-v1-0' });
    open();
    await new Promise((resolve) => setImmediate(resolve));
    outlet.send(hops(3, 'fourth', 8));
    await new Promise((resolve) => setImmediate(resolve));
    const told = got.map((one) =>
      one.type === 'hops' ? [one.batch.newStrings[0], one.batch.count] : one,
    );
    expect(told).toEqual([
      ['first', 1],
      ['second', 0],
      ['third', 0],
      { type: 'removed', node: 'orders-v1-0' },
      { type: 'hops-lost', count: 42 },
      ['fourth', 3],
    ]);
  });
});
