/** A service of the document to what it means: its versions, and what their instances are. */
import { parseDuration } from '../../base/units.ts';
import type { Milliseconds } from '../../base/units.ts';
import { DEFAULT_THRESHOLDS } from '../health-thresholds.ts';
import type { HealthThresholds } from '../health-thresholds.ts';
import type { HealthThresholdsInput } from '../schema/health-thresholds.ts';
import type { HealthCheck, Service, Version } from '../mesh.ts';
import type { ServiceInput, SurroundingsInput, WorkloadInput } from '../schema/service.ts';
import { normalizeWorkload } from './normalize-workload.ts';
import type { WorkloadContext } from './normalize-workload.ts';

export const DEFAULT_HEALTH: HealthCheck = {
  interval: 5_000,
  timeout: 1_000,
  startTimeout: 20_000,
  unhealthyThreshold: 3,
};

export function normalizeService(
  name: string,
  input: ServiceInput,
  context: WorkloadContext,
): Service {
  const { labels, healthThresholds, mtls, protocol, versions, ...rest } = input;
  const { calls = [], reaches, aliases, ports, publish, dependsOn, ...defaults } = rest;
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
    ...normalizeSurroundings({ reaches, aliases, ports, publish, dependsOn }),
    versions: inputs.map(([version, one]): Version => {
      const own = one ?? {};
      return {
        name: version,
        replicas: own.replicas ?? defaults.replicas ?? 1,
        port: own.port ?? defaults.port ?? 0,
        health: normalizeHealth(own.health ?? defaults.health),
        ...normalizeWorkload(`${name}:${version}`, defaults, own, calls, context),
        ...placesOf(own, defaults),
      };
    }),
  };
}

function normalizeSurroundings({
  reaches,
  aliases,
  ports,
  publish,
  dependsOn,
}: Omit<SurroundingsInput, 'calls'>): Partial<Service> {
  return {
    ...(reaches && { reaches }),
    ...(aliases && { aliases }),
    ...(ports && {
      ports: ports.map((one) => {
        const { port, protocol } = typeof one === 'number' ? { port: one } : one;
        return { port, ...(protocol !== undefined && { protocol }) };
      }),
    }),
    ...(publish && {
      publish: publish.map(({ port, hostPort, host }) => ({
        ...(port !== undefined && { port }),
        hostPort,
        ...(host !== undefined && { host }),
      })),
    }),
    ...(dependsOn && {
      dependsOn: dependsOn.map((one) => {
        const { service, condition } = typeof one === 'string' ? { service: one } : one;
        return { service, condition: condition ?? 'started' };
      }),
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
