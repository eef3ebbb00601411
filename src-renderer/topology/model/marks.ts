/**
 * What is drawn on an edge or a service to say why traffic does not flow: what acted within the last
 * seconds, as the engine tells it, and what the document has in force. Pure.
 */
import type {
  Badge,
  BadgeKind,
  EdgeState,
  Fault,
  InstanceState,
  Mesh,
} from '../../../src-main/api/contract/index.ts';
import { formatRate } from '../../ui/format.ts';
import { GATEWAY } from './graph.ts';
import type { GraphEdge, GraphNode } from './graph.ts';
import { faultsOn } from './health.ts';

type InstanceFault = NonNullable<Mesh['instanceFaults']>[number];

/** `injected`: on purpose; `bad`: requests fail; `warn`: it helps or holds back; `info`: it is told. */
export type Tone = 'injected' | 'bad' | 'warn' | 'info';

export interface Mark {
  /** Names the picture. */
  readonly icon: BadgeKind | FaultKind | InstanceFault['action'] | 'avoided';
  readonly tone: Tone;
  /** Read out, and shown on hover. */
  readonly label: string;
}

/** The key of a fault that says what it does. */
export type FaultKind = (typeof FAULT_KINDS)[number];

export const FAULT_KINDS = [
  ...(['delay', 'abort', 'identity', 'partition', 'nameNotFound', 'connectionRefused'] as const),
  ...(['down', 'silence', 'responseHeaders', 'corrupt', 'truncate', 'limitData'] as const),
  ...(['bandwidth', 'slicer', 'slowClose', 'resetPeer'] as const),
] satisfies (keyof Fault)[];

/** How each badge reads; `fault` is told by the faults themselves. */
export const BADGES: Record<BadgeKind, { readonly label: string; readonly tone: Tone }> = {
  fault: { label: 'fault', tone: 'injected' },
  retry: { label: 'retries', tone: 'warn' },
  'retry-limit': { label: 'all retries failed', tone: 'bad' },
  'retry-abandoned': { label: 'not tried again: the body was too large', tone: 'warn' },
  hedge: { label: 'hedged: asked twice', tone: 'info' },
  timeout: { label: 'timeouts', tone: 'bad' },
  'connect-failure': { label: 'cannot connect', tone: 'bad' },
  reset: { label: 'connection reset', tone: 'bad' },
  'caller-gone': { label: 'caller gave up', tone: 'info' },
  'no-route': { label: 'no route', tone: 'warn' },
  'no-endpoint': { label: 'no instance to send to', tone: 'bad' },
  'bad-request': { label: 'malformed requests', tone: 'warn' },
  'bad-answer': { label: 'malformed answers', tone: 'bad' },
  'wrong-identity': { label: 'wrong identity', tone: 'bad' },
  'rate-limit': { label: 'rate limited', tone: 'warn' },
  denied: { label: 'denied', tone: 'bad' },
  'denied-dry-run': { label: 'would be denied', tone: 'warn' },
  'open-circuit': { label: 'circuit open', tone: 'bad' },
  ejected: { label: 'instances ejected', tone: 'warn' },
  panic: { label: 'panic: all instances asked', tone: 'bad' },
  failover: { label: 'failover', tone: 'warn' },
  mirror: { label: 'mirrored', tone: 'info' },
  'direct-response': { label: 'answered by the proxy', tone: 'info' },
  'grpc-failure': { label: 'gRPC failures', tone: 'bad' },
  'idle-timeout': { label: 'idle timeouts', tone: 'warn' },
};

const TONES: readonly Tone[] = ['injected', 'bad', 'warn', 'info'];

/** Of an edge: its faults, what acted, and the instances of the callee that the caller leaves out. */
export function edgeMarks(
  { from, to, parts }: GraphEdge,
  edge: EdgeState | undefined,
  mesh: Pick<Mesh, 'faults'>,
  instances: readonly InstanceState[],
): Mark[] {
  const badges = edge?.badges ?? [];
  const acted = badges.find(({ kind }) => kind === 'fault');
  const avoided = instances.filter(
    ({ service, avoided: by = [] }) =>
      service === to && by.some((one) => serviceOf(one.by, from) === from),
  );
  return sorted([
    ...faultMarks(partFaults(parts, mesh.faults), acted),
    ...badges
      .filter(({ kind }) => kind !== 'fault' && (kind !== 'ejected' || avoided.length === 0))
      .map(badgeMark),
    ...avoidedMarks(
      avoided,
      (one) => one.avoided?.find(({ by }) => serviceOf(by, from) === from)?.cause,
    ),
  ]);
}

/** Of a node: what is done to its instances, who leaves them out, and what came to it for nobody. */
export function nodeMarks(
  { id, kind, services }: GraphNode,
  badges: readonly Badge[],
  mesh: Pick<Mesh, 'instanceFaults'>,
  instances: readonly InstanceState[],
): Mark[] {
  const faults = (mesh.instanceFaults ?? []).filter(
    ({ enabled, service }) => enabled && services.includes(service),
  );
  const own = kind === 'service' ? instances.filter(({ service }) => service === id) : [];
  const avoided = own.filter((one) => (one.avoided?.length ?? 0) > 0);
  return sorted([
    ...faults.map(({ action, name }) => ({
      icon: action,
      tone: 'injected' as const,
      label: `${action} on purpose: ${name}`,
    })),
    ...badges.map(badgeMark),
    ...avoidedMarks(avoided, (one) => one.avoided?.map(({ by }) => by).join(', ')),
  ]);
}

function sorted(marks: readonly Mark[]): Mark[] {
  return [...marks].sort((a, b) => TONES.indexOf(a.tone) - TONES.indexOf(b.tone));
}

function badgeMark({ kind, rate, names }: Badge): Mark {
  const { label, tone } = BADGES[kind];
  const by = names.length === 0 ? '' : ` by ${names.join(', ')}`;
  return { icon: kind, tone, label: `${label}${by}, ${formatRate(rate)}` };
}

function partFaults(parts: readonly string[], faults: readonly Fault[]): Fault[] {
  const found = parts.flatMap((part) => {
    const [from = '', to = ''] = part.split('->');
    return faultsOn(faults, from, to);
  });
  return [...new Set(found)];
}

/** One for each kind that is in force; what acted without being in force any more is told too. */
function faultMarks(faults: readonly Fault[], acted: Badge | undefined): Mark[] {
  const marks = FAULT_KINDS.flatMap((kind): Mark[] => {
    const names = faults.filter((fault) => fault[kind] !== undefined).map(({ name }) => name);
    if (names.length === 0) return [];
    return [{ icon: kind, tone: 'injected', label: `${words(kind)} fault` }];
  });
  if (!acted) return marks;
  const rest = acted.names.filter((name) => faults.every((fault) => fault.name !== name));
  if (marks.length > 0 && rest.length === 0) return marks;
  return [...marks, { ...badgeMark({ ...acted, names: rest }), icon: 'fault' }];
}

/** `connectionRefused` as `connection refused`. */
function words(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function avoidedMarks(
  avoided: readonly InstanceState[],
  why: (instance: InstanceState) => string | undefined,
): Mark[] {
  if (avoided.length === 0) return [];
  const list = avoided.map((one) => `${one.id} (${why(one) ?? 'unhealthy'})`).join(', ');
  return [{ icon: 'avoided', tone: 'bad', label: `left out: ${list}` }];
}

/** Of a proxy's node: an instance's id is its service, version and number. */
function serviceOf(node: string, expected: string): string {
  if (node === GATEWAY) return GATEWAY;
  return node.startsWith(`${expected}-`) ? expected : node;
}
