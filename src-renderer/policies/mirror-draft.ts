/** What the control of a mirror begins with, and the edits that it asks for. Pure. */
import type { Edit, Service, TrafficPolicy } from '../../src-main/api/contract/index.ts';

export type Mirror = NonNullable<TrafficPolicy['mirror']>;

/**
 * The mirror that there is; else a tenth of the requests, to the last version that does not get all of
 * them anyway. Undefined where there is no such one.
 */
export function mirrorDraft(
  { versions }: Service,
  split: Readonly<Record<string, number>> | undefined,
  mirror: Mirror | undefined,
): Mirror | undefined {
  if (mirror) return mirror;
  if (versions.length < 2) return undefined;
  const version = versions.findLast(({ name }) => split?.[name] !== 100)?.name;
  if (version === undefined) return undefined;
  return { version, percentage: 10, random: false, hostSuffix: true };
}

/** `v2`, `audit`, `audit v1`. */
export function mirrorName({ service, version }: Mirror): string {
  return [service, version].filter((part) => part !== undefined).join(' ');
}

/** What is the default is not written. */
export function mirrorEdits(service: string, mirror: Mirror, on: boolean): Edit[] {
  const place = ['traffic', service, 'mirror'];
  if (!on) return [{ kind: 'remove-policy', place }];
  const { percentage, random, hostSuffix, ...target } = mirror;
  const value = {
    ...target,
    ...(percentage !== 100 && { percentage }),
    ...(random && { random }),
    ...(!hostSuffix && { hostSuffix }),
  };
  return [{ kind: 'put-policy', place, value }];
}
