/** Which proxies send requests past their first choice of instances, and what there is to say of it. */
import type { FailedOver } from '../proxy/messages.ts';

/** A version that a proxy reaches in other places than in the first choice. */
export interface Failover extends FailedOver {
  /** The proxy's node: an instance's id or `gateway`. */
  readonly by: string;
}

/** What is new: for people, with the called service. */
export interface FailoverNews {
  readonly service: string;
  readonly severity: 'warning' | 'info';
  readonly message: string;
}

export class FailedOverVersions {
  readonly #byNode = new Map<string, readonly FailedOver[]>();

  /** All versions that a proxy has failed over of now. Returns what is new about that. */
  set(by: string, versions: readonly FailedOver[]): FailoverNews[] {
    const before = this.#byNode.get(by) ?? [];
    if (versions.length > 0) this.#byNode.set(by, versions);
    else this.#byNode.delete(by);
    // Before its first choice has ever served, a proxy has not failed over but is starting.
    const begun = versions.filter((one) => one.hasServed && !before.some(isSameAs(one)));
    const over = before.filter(
      (one) => one.hasServed && !versions.some((other) => isOf(one, other)),
    );
    return [
      ...begun.map((one) => ({
        service: one.service,
        severity: 'warning' as const,
        message: describe(by, one),
      })),
      ...over.map(({ service, version, priorities }) => ({
        service,
        severity: 'info' as const,
        message: `${by} asks ${priorities[0]?.name} for ${service} ${version} again`,
      })),
    ];
  }

  all(): Failover[] {
    return [...this.#byNode].flatMap(([by, versions]) => versions.map((one) => ({ ...one, by })));
  }
}

function isOf(one: FailedOver, other: FailedOver): boolean {
  return one.service === other.service && one.version === other.version;
}

function isSameAs(one: FailedOver): (other: FailedOver) => boolean {
  const shares = ({ priorities }: FailedOver): string =>
    priorities.map(({ load }) => load).join(' ');
  return (other) => other.hasServed && isOf(one, other) && shares(one) === shares(other);
}

function describe(by: string, { service, version, priorities }: FailedOver): string {
  const elsewhere = priorities
    .slice(1)
    .filter(({ load }) => load > 0)
    .map(({ name, load }) => `${load} % of its requests to ${name}`);
  const { name = '', well = 0, total = 0 } = priorities[0] ?? {};
  const why =
    total === 0
      ? `no instance of ${name} is ready`
      : `${well} of ${total} instances of ${name} are well`;
  return `${by} fails over for ${service} ${version}, ${elsewhere.join(', ')}: ${why}`;
}
