/** Why requests over an edge go past the first choice of instances. Pure. */
import type { FailoverState, InstanceState } from '../../../src-main/api/contract/index.ts';

/** Several callers' proxies that share out their requests alike. */
export interface FailoverGroup {
  readonly version: string;
  readonly callers: readonly string[];
  readonly priorities: FailoverState['priorities'];
  /** A line for each instance that is not well: which one, and what is wrong. */
  readonly reasons: readonly string[];
}

/** `instances`: of the called service. */
export function failoverGroups(
  failovers: readonly FailoverState[],
  instances: readonly InstanceState[],
): FailoverGroup[] {
  const groups = new Map<string, FailoverState[]>();
  for (const one of failovers) {
    const key = JSON.stringify([one.version, one.priorities]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((alike) => {
    const { version, priorities } = alike[0] as FailoverState;
    const callers = alike.map(({ by }) => by);
    const reasons = instances
      .filter((instance) => instance.version === version)
      .flatMap((instance) => reasonOf(instance, callers) ?? []);
    return { version, priorities, callers, reasons };
  });
}

function reasonOf(
  { id, status, reason, avoided = [] }: InstanceState,
  callers: readonly string[],
): string | undefined {
  if (status !== 'ready') return `${id} is ${status}${reason === undefined ? '' : `: ${reason}`}`;
  const avoidance = avoided.find(({ by }) => callers.includes(by));
  return avoidance && `${id} is left out: ${causeText(avoidance.cause)}`;
}

/** `consecutive-5xx` as `consecutive 5xx`. */
export function causeText(cause: string): string {
  return cause.replaceAll('-', ' ');
}
