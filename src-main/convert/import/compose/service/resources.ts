/** How much a service may have, how often it runs and when it is started again. */
import type { ContainerInput } from '../../../../spec/schema/container.ts';
import { child, entriesOf, textOf } from '../node.ts';
import type { MapNode } from '../node.ts';
import type { ServiceContext } from './context.ts';
import { defined, readInteger, readNumber, readSize } from './read.ts';

type Resources = Pick<
  ContainerInput,
  'cpus' | 'memory' | 'memoryReservation' | 'oomScoreAdj' | 'pidsLimit' | 'shmSize' | 'ulimits'
>;

/** What `deploy` says wins over the older keys. */
export function resourcesOf(service: MapNode, { findings }: ServiceContext): Resources {
  const resources = child(child(service, 'deploy'), 'resources');
  const limits = child(resources, 'limits');
  const reserved = child(resources, 'reservations');
  return defined({
    memory: readSize(child(limits, 'memory') ?? child(service, 'mem_limit'), findings),
    memoryReservation: readSize(
      child(reserved, 'memory') ?? child(service, 'mem_reservation'),
      findings,
    ),
    cpus:
      readNumber(child(limits, 'cpus') ?? child(service, 'cpus'), findings) ??
      quota(service, findings),
    pidsLimit: readInteger(child(limits, 'pids') ?? child(service, 'pids_limit'), findings),
    oomScoreAdj: readInteger(child(service, 'oom_score_adj'), findings),
    shmSize: readSize(child(service, 'shm_size'), findings),
    ulimits: ulimitsOf(service, findings),
  });
}

type Findings = ServiceContext['findings'];

/** The kernel's own words for a share of the cores; its period is 100 ms unless it is said. */
function quota(service: MapNode, findings: Findings): number | undefined {
  const time = readNumber(child(service, 'cpu_quota'), findings);
  const period = readNumber(child(service, 'cpu_period'), findings) ?? 100_000;
  return time === undefined || time <= 0 ? undefined : time / period;
}

function ulimitsOf(service: MapNode, findings: Findings): Resources['ulimits'] {
  const node = child(service, 'ulimits');
  if (node?.kind !== 'map') return undefined;
  return Object.fromEntries(
    entriesOf(node).flatMap(([name, limit]) => {
      const both = limit.kind === 'map' ? undefined : readInteger(limit, findings);
      const soft = both ?? readInteger(child(limit, 'soft'), findings);
      const hard = both ?? readInteger(child(limit, 'hard'), findings) ?? soft;
      return soft === undefined || hard === undefined ? [] : [[name, { soft, hard }]];
    }),
  );
}

/** Undefined: one. */
export function replicasOf(service: MapNode, { findings }: ServiceContext): number | undefined {
  const replicas = child(child(service, 'deploy'), 'replicas') ?? child(service, 'scale');
  return readInteger(replicas, findings);
}

/** Compose starts nothing again unless it is told to. */
export function restartOf(service: MapNode, context: ServiceContext): ContainerInput['restart'] {
  const policy = child(child(service, 'deploy'), 'restart_policy');
  if (policy?.kind === 'map') return deployed(policy, context);
  const node = child(service, 'restart');
  const [name = '', attempts] = (textOf(node) ?? 'no').split(':');
  if (name === 'no' || name === 'false') return 'no';
  if (name === 'always') return 'always';
  if (name === 'unless-stopped') return 'unlessStopped';
  if (name === 'on-failure' && attempts === undefined) return 'onFailure';
  if (name === 'on-failure' && /^\d+$/.test(attempts ?? '')) {
    return { policy: 'onFailure', attempts: Number(attempts) };
  }
  if (node) {
    const advice = 'known here: no, always, on-failure[:attempts], unless-stopped';
    context.findings.wrong(`"${textOf(node) ?? ''}" is no restart policy`, node.place, advice);
  }
  return 'no';
}

function deployed(policy: MapNode, { findings, name }: ServiceContext): ContainerInput['restart'] {
  for (const key of ['delay', 'window']) {
    const entry = policy.entries.get(key);
    const why = 'the wait before a restart doubles each time, up to a limit';
    if (entry) findings.leftOut(`restart_policy.${key} of ${name}`, why, entry.place);
  }
  const attempts = readInteger(child(policy, 'max_attempts'), findings);
  const condition = textOf(child(policy, 'condition')) ?? 'any';
  if (condition === 'none') return 'no';
  if (condition === 'any') return 'always';
  return attempts === undefined ? 'onFailure' : { policy: 'onFailure', attempts };
}
