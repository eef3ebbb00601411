import { expect, it } from 'vitest';
import { CaptureBuffer } from '../../../../src-main/proxy/capture/capture-buffer.ts';
import type { CapturedExchange, Lost } from '../../../../src-main/proxy/capture/captured.ts';

function exchange(capture: string): CapturedExchange {
  const body = new Uint8Array(0);
  return { capture, request: { body } } as unknown as CapturedExchange;
}

it('counts what a batch of captured exchanges has no room for, by capture, and begins anew', () => {
  const sent: { count: number; lost: Lost }[] = [];
  const buffer = new CaptureBuffer((exchanges, lost) =>
    sent.push({ count: exchanges.length, lost }),
  );
  for (let i = 0; i < 2003; i++) buffer.add(exchange(i === 2002 ? 'late' : 'all'));
  buffer.flush();
  buffer.add(exchange('all'));
  buffer.flush();
  expect(sent).toEqual([
    { count: 2000, lost: { all: 2, late: 1 } },
    { count: 1, lost: {} },
  ]);
});
