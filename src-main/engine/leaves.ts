/** The certificates of all proxies of a mesh, each renewed in time. */
import type { Chance } from '../base/chance.ts';
import type { Clock } from '../base/clock.ts';
import type { Milliseconds } from '../base/units.ts';
import type { Authority } from '../identity/authority.ts';
import type { Leaf } from '../identity/leaf.ts';
import { Rotation } from '../identity/rotation.ts';

export interface LeavesOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly authority: Authority;
  /** `key` has a new certificate. */
  onRenewed(key: string): void;
  onFailure(key: string, error: Error, nextTryIn: Milliseconds): void;
}

interface Kept {
  leaf: Leaf;
  readonly rotation: Rotation;
}

export class Leaves {
  readonly #options: LeavesOptions;
  readonly #kept = new Map<string, Kept>();

  constructor(options: LeavesOptions) {
    this.#options = options;
  }

  /**
   * Issues a certificate for the proxy `key`, and renews it from then on.
   * @param hosts what it is good for besides its SPIFFE ID
   */
  issue(key: string, namespace: string, service: string, hosts: readonly string[] = []): void {
    const { authority, chance, clock } = this.#options;
    const issue = (): Leaf => authority.issue(namespace, service, hosts);
    this.forget(key);
    const leaf = issue();
    const rotation = new Rotation(leaf, {
      clock,
      chance,
      issue,
      onLeaf: (next) => {
        const kept = this.#kept.get(key);
        if (kept) kept.leaf = next;
        this.#options.onRenewed(key);
      },
      onFailure: (error, wait) => this.#options.onFailure(key, error, wait),
    });
    this.#kept.set(key, { leaf, rotation });
  }

  /** The certificate that the proxy shows now. */
  leaf(key: string): Leaf | undefined {
    return this.#kept.get(key)?.leaf;
  }

  /** When that is renewed, in milliseconds since 1970. */
  renewsAt(key: string): Milliseconds | undefined {
    return this.#kept.get(key)?.rotation.dueAt;
  }

  /** The proxy is gone. */
  forget(key: string): void {
    this.#kept.get(key)?.rotation.close();
    this.#kept.delete(key);
  }

  /** No certificate is renewed any more. */
  close(): void {
    for (const { rotation } of this.#kept.values()) rotation.close();
  }
}
