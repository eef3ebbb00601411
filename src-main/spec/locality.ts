/** What localities mean: who is near whom, and what a pattern takes. Istio's rules. */
import type { Mesh, Service, Version } from './mesh.ts';
import type { LocalityPolicy } from './upstream.ts';

/** `region/zone/subzone`; undefined: nobody knows. */
export function localityOf({ localities = [] }: Version, index: number): string | undefined {
  return inTurn(localities, index);
}

/** 0: the first choice. */
export function priorityOf({ priorities = [] }: Version, index: number): number {
  return inTurn(priorities, index) ?? 0;
}

function inTurn<T>(list: readonly T[], index: number): T | undefined {
  return list.length === 0 ? undefined : list[index % list.length];
}

/** Of all instances that the document asks for, each once. */
export function localitiesOf({ versions }: Service): string[] {
  const all = versions.flatMap((version) =>
    Array.from({ length: version.replicas }, (_, i) => localityOf(version, i)),
  );
  return [...new Set(all.filter((one) => one !== undefined))];
}

/**
 * How far it is: 0 the same subzone, 1 zone, 2 region, 3 another region, 4 another one than the
 * policy's `failover` names for the caller's.
 */
export function distance(
  caller: string,
  other: string | undefined,
  failover: LocalityPolicy['failover'] = [],
): number {
  const [own, their] = [segmentsOf(caller), segmentsOf(other ?? '')];
  const differs = own.findIndex((segment, i) => segment !== their[i]);
  if (differs !== 0) return differs < 0 ? 0 : 3 - differs;
  const rule = failover.find(({ from }) => from === own[0]);
  return rule && rule.to !== their[0] ? 4 : 3;
}

/** Whether a locality is one of those that a pattern means: what it leaves out, or `*`, is any. */
export function isWithin(pattern: string, locality: string): boolean {
  const segments = segmentsOf(locality);
  return pattern.split('/').every((part, i) => part === '*' || part === segments[i]);
}

/** Whether some locality is meant by both patterns. */
export function overlap(one: string, other: string): boolean {
  const parts = other.split('/');
  return one.split('/').every((part, i) => {
    const their = parts[i] ?? '*';
    return part === '*' || their === '*' || part === their;
  });
}

function segmentsOf(locality: string): readonly string[] {
  const [region = '', zone = '', subzone = ''] = locality.split('/');
  return [region, zone, subzone];
}

/**
 * Whether the nearest instances are asked first. As in Istio that needs somebody who tells which of
 * them are well, and is not for services with shares by locality.
 */
export function failsOver(mesh: Mesh, service: string): boolean {
  const { loadBalancing, outlierDetection, healthCheck } = mesh.traffic[service] ?? {};
  const { enabled = true, distribute } = loadBalancing?.locality ?? {};
  return enabled && !distribute && (outlierDetection ?? healthCheck) !== undefined;
}
