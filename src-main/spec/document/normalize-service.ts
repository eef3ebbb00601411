/** A service of the document to what it means: its versions, and what their instances are. */
import { isAbsolute, resolve } from 'node:path';
import { parseDuration } from '../../base/units.ts';
import type { Milliseconds } from '../../base/units.ts';
import { DEFAULT_THRESHOLDS } from '../health-thresholds.ts';
import type { HealthThresholds } from '../health-thresholds.ts';
import type { HealthThresholdsInput } from '../schema/health-thresholds.ts';
import type { HealthCheck, Service, Version, Workload } from '../mesh.ts';
import type { ServiceInput, WorkloadInput } from '../schema/service.ts';
import { normalizeStub } from './normalize-stub.ts';
import { splitWords } from './words.ts';

export const DEFAULT_HEALTH: HealthCheck = {
  interval: 5_000,
  timeout: 1_000,
  startTimeout: 20_000,
  unhealthyThreshold: 3,
};

/** `folder`: absolute; relative working folders are taken from there. */
export function normalizeService(name: string, input: ServiceInput, folder: string): Service {
  const { calls = [], labels, healthThresholds, mtls, protocol, versions, ...defaults } = input;
  const inputs: [string, WorkloadInput | null][] = versions
    ? Object.entries(versions)
    : [['v1', null]];
  return {
    name,
    ...(protocol !== undefined && { protocol }),
    ...(mtls !== undefined && { mtls }),
    ...(labels && { labels: texts(labels) }),
    ...(healthThresholds && { healthThresholds: normalizeThresholds(healthThresholds) }),
    calls,
    versions: inputs.map(([version, one]): Version => {
      const own = one ?? {};
      return {
        name: version,
        replicas: own.replicas ?? defaults.replicas ?? 1,
        port: own.port ?? defaults.port ?? 0,
        health: normalizeHealth(own.health ?? defaults.health),
        workload: normalizeWorkload(defaults, own, calls, folder),
        ...placesOf(own, defaults),
      };
    }),
  };
}

/** What a version leaves out is its service's. */
function placesOf(
  own: WorkloadInput,
  defaults: WorkloadInput,
): Pick<Version, 'localities' | 'priorities'> {
  const locality = own.locality ?? defaults.locality;
  const priority = own.priority ?? defaults.priority;
  return {
    ...(locality !== undefined && { localities: [locality].flat() }),
    ...(priority !== undefined && { priorities: [priority].flat() }),
  };
}

function normalizeWorkload(
  defaults: WorkloadInput,
  own: WorkloadInput,
  callees: readonly string[],
  folder: string,
): Workload {
  const stub = own.stub ?? (own.command === undefined ? defaults.stub : undefined);
  if (stub) return { runtime: 'stub', stub: normalizeStub(stub, callees) };
  const workingFolder = own.workingFolder ?? defaults.workingFolder ?? '.';
  const env = { ...defaults.env, ...own.env };
  return {
    runtime: 'process',
    command: commandOf(own.command ?? defaults.command),
    workingFolder: isAbsolute(workingFolder) ? workingFolder : resolve(folder, workingFolder),
    env: texts(env),
  };
}

/** Empty where it is missing or a quote is open; a check says so. */
export function commandOf(command: string | string[] | undefined): string[] {
  if (command === undefined) return [];
  return typeof command === 'string' ? (splitWords(command) ?? []) : command;
}

/** Numbers and switches as they are written. */
function texts(
  values: Readonly<Record<string, string | number | boolean>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}

/** What is left out is as in Kiali. */
function normalizeThresholds(input: HealthThresholdsInput): HealthThresholds {
  const fill = (key: keyof HealthThresholds): HealthThresholds[typeof key] => {
    const { degraded, failing } = DEFAULT_THRESHOLDS[key];
    return { degraded: input[key]?.degraded ?? degraded, failing: input[key]?.failing ?? failing };
  };
  return {
    serverErrors: fill('serverErrors'),
    clientErrors: fill('clientErrors'),
    grpcErrors: fill('grpcErrors'),
  };
}

function normalizeHealth(input: WorkloadInput['health']): HealthCheck {
  if (input === undefined) return DEFAULT_HEALTH;
  if (typeof input === 'string') return { ...DEFAULT_HEALTH, path: input };
  const { path, interval, timeout, startTimeout, unhealthyThreshold } = input;
  return {
    interval: interval === undefined ? DEFAULT_HEALTH.interval : ms(interval),
    timeout: timeout === undefined ? DEFAULT_HEALTH.timeout : ms(timeout),
    startTimeout: startTimeout === undefined ? DEFAULT_HEALTH.startTimeout : ms(startTimeout),
    unhealthyThreshold: unhealthyThreshold ?? DEFAULT_HEALTH.unhealthyThreshold,
    ...(path !== undefined && { path }),
  };
}

/** A duration that the schema has let through. */
function ms(text: string): Milliseconds {
  return parseDuration(text) as Milliseconds;
}
