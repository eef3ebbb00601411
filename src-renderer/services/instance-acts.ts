/** What is done to an instance by hand, as faults of the document. Pure. */
import type { InstanceState } from '../../src-main/api/contract/index.ts';
import { valueAt } from '../policies/draft.ts';
import type { Rule } from '../policies/rules.ts';

type Which = Pick<InstanceState, 'id' | 'service' | 'version'>;

/** A kill is done once: the fault is over soon after, and does nothing when the mesh starts again. */
const ONCE = 10_000;

export interface InstanceFaultValue {
  readonly [key: string]: string | number;
  readonly name: string;
}

export function faultFor(
  action: 'kill' | 'pause' | 'throttle',
  which: Which,
  now: Date,
): InstanceFaultValue {
  const until = new Date(now.getTime() + ONCE).toISOString();
  return {
    name: `${action}-${which.id}`.slice(0, 63),
    service: which.service,
    version: which.version,
    index: indexOf(which),
    action,
    ...(action === 'throttle' && { share: 20 }),
    ...(action === 'kill' && { expires: until }),
  };
}

/** Where the fault stands in the document. */
export function placeOf({ name }: { name: string }): ['instanceFaults', { named: string }] {
  return ['instanceFaults', { named: name }];
}

/** Its place among those of its version: `payments-v1-0`, `payments-v1-0-pod`. */
function indexOf({ id }: Which): number {
  return Number(/-(\d+)(?:-pod)?$/.exec(id)?.[1] ?? 0);
}

/** The faults that pause just this instance for as long as they stand there. */
export function pausesOf(rules: readonly Rule[], which: Which): Rule[] {
  const { name: _name, ...wanted } = faultFor('pause', which, new Date(0));
  return rules.filter(
    (rule) =>
      rule.enabled &&
      Object.entries(wanted).every(([key, value]) => valueAt(rule.value, [key]) === value) &&
      valueAt(rule.value, ['schedule']) === undefined,
  );
}
