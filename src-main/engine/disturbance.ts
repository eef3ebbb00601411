/** What all faults of an instance together do to its network and its disks. Pure. */
import type { Disturbance } from '../runtime/runtime.ts';
import type { InstanceFault } from '../spec/fault.ts';

/** @param faults those that act on one instance; others than of its network and disks do nothing here */
export function disturbanceOf(faults: readonly InstanceFault[]): Disturbance {
  const netem = faults.filter(({ action }) => action === 'netem');
  const partitions = faults.filter(({ action }) => action === 'partition');
  const disks = faults.filter(({ action }) => action === 'diskFull');
  // Of several, each figure is the greatest: packets pass through one shaper.
  const most = (key: 'delay' | 'jitter' | 'loss' | 'reorder'): number =>
    Math.max(0, ...netem.map((fault) => fault[key] ?? 0));
  return {
    ...(netem.length > 0 && {
      packets: {
        delay: most('delay'),
        jitter: most('jitter'),
        loss: most('loss'),
        reorder: most('reorder'),
      },
    }),
    ...(partitions.length > 0 && { cutOff: allOr(partitions.map(({ from }) => from)) }),
    ...(disks.length > 0 && { fullDisks: allOr(disks.map(({ folder }) => folder && [folder])) }),
  };
}

/** One that names nothing is for everything. */
function allOr(lists: readonly (readonly string[] | '' | undefined)[]): 'all' | readonly string[] {
  const named = lists.flatMap((list) => (list ? [list] : []));
  return named.length < lists.length ? 'all' : [...new Set(named.flat())].sort();
}
