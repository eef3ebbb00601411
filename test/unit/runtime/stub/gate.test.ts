import { expect, it } from 'vitest';
import { Gate } from '../../../../src-main/runtime/stub/gate.ts';

it('lets in as many as there are places, then one for each that leaves, in their order', async () => {
  const gate = new Gate(2);
  const inside: number[] = [];
  const all = [1, 2, 3, 4].map((who) => gate.enter().then(() => inside.push(who)));
  await Promise.all(all.slice(0, 2));
  expect(inside).toEqual([1, 2]);
  gate.leave();
  await all[2];
  expect(inside).toEqual([1, 2, 3]);
  gate.leave();
  await all[3];
  expect(inside).toEqual([1, 2, 3, 4]);
});
