import { expect, it } from 'vitest';
import { Throttle } from '../../../../src-main/runtime/process/throttle.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

it('lets a program run for its share of each period, until it is stopped', () => {
  const clock = new FakeClock(0);
  const sent: string[] = [];
  const throttle = new Throttle(clock, 25, (signal) => void sent.push(`${clock.now()} ${signal}`));
  throttle.start();
  clock.advance(210);
  throttle.stop();
  clock.advance(1000);
  expect(sent).toEqual(['75 SIGCONT', '100 SIGSTOP', '175 SIGCONT', '200 SIGSTOP']);
  expect(clock.pending).toBe(0);
});
