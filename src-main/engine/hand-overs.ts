/**
 * Instances that give way to another one of their kind, a process to a container or the other way
 * round: the old one goes when the new one is ready, so that callers notice nothing.
 */
import type { InstanceChanges, InstanceSpec } from '../runtime/instance.ts';

export interface PlannedChanges {
  readonly added: readonly InstanceSpec[];
  /** Ids of those that go at once. */
  readonly removed: readonly string[];
}

export class HandOvers {
  /** Who goes, by who comes. */
  readonly #leaving = new Map<string, string>();

  /** What is to be done of these changes now; the rest is remembered. */
  plan({ added, removed }: Pick<InstanceChanges, 'added' | 'removed'>): PlannedChanges {
    const staying = new Set(this.#leaving.values());
    // It is wanted again, and has not gone yet.
    const fresh = added.filter(({ id }) => !staying.has(id));
    const wanted = new Set(added.map(({ id }) => id));
    return {
      added: fresh,
      removed: removed.flatMap((old) => this.#goingNow(old, fresh, wanted)),
    };
  }

  /** Who may go, now that this one is ready. */
  takeOver(id: string): string | undefined {
    const old = this.#leaving.get(id);
    this.#leaving.delete(id);
    return old;
  }

  #goingNow(
    old: InstanceSpec,
    fresh: readonly InstanceSpec[],
    wanted: ReadonlySet<string>,
  ): string[] {
    // Who would have gone when `old` is ready, which it will not be.
    const before = this.takeOver(old.id);
    const next = fresh.find((one) => isInPlaceOf(one, old));
    if (next) {
      this.#leaving.set(next.id, before ?? old.id);
      return before === undefined ? [] : [old.id];
    }
    return before === undefined || wanted.has(before) ? [old.id] : [old.id, before];
  }
}

function isInPlaceOf(one: InstanceSpec, other: InstanceSpec): boolean {
  return (
    one.service.name === other.service.name &&
    one.version.name === other.version.name &&
    one.index === other.index
  );
}
