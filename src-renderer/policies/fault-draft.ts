/** A fault as it is typed: texts first, a fault once everything in it is right. Pure. */
import { parseDuration } from '../../src-main/api/contract/index.ts';
import type { Fault } from '../../src-main/api/contract/index.ts';
import { formatDuration } from '../../src-main/api/contract/index.ts';

export type FaultKind = 'delay' | 'abort';

export interface FaultDraft {
  readonly kind: FaultKind;
  /** The one that is changed; undefined for a new one. */
  readonly base: Fault | undefined;
  readonly everyCaller: boolean;
  readonly duration: string;
  readonly status: string;
  readonly percentage: number;
  readonly path: string;
}

export interface DraftErrors {
  readonly duration?: string;
  readonly status?: string;
  readonly path?: string;
}

export function newDraft(kind: FaultKind): FaultDraft {
  return {
    kind,
    base: undefined,
    everyCaller: false,
    duration: '300ms',
    status: '503',
    percentage: 50,
    path: '',
  };
}

export function draftOf(fault: Fault): FaultDraft {
  const kind = fault.delay ? 'delay' : 'abort';
  return {
    kind,
    base: fault,
    everyCaller: fault.from === undefined,
    duration: formatDuration(fault.delay?.duration ?? 300),
    status: String(fault.abort?.status ?? 503),
    percentage: fault[kind]?.percentage ?? 100,
    path: fault.match.path ?? '',
  };
}

export function draftErrors({ kind, duration, status, path }: FaultDraft): DraftErrors {
  const ms = parseDuration(duration.trim());
  return {
    ...(kind === 'delay' &&
      ms === undefined && { duration: 'A number with its unit: 300ms, 2s, 1m.' }),
    ...(kind === 'abort' &&
      !/^[2-5][0-9]{2}$/.test(status.trim()) && { status: 'An HTTP status from 200 to 599.' }),
    ...(path !== '' && !path.startsWith('/') && { path: 'A path begins with a slash.' }),
  };
}

/** The fault that the draft means; it has no errors. `taken`: names of the faults there are. */
export function toFault(
  draft: FaultDraft,
  from: string,
  to: string,
  taken: readonly string[],
): Fault {
  const { base, kind, percentage, path } = draft;
  const { path: _path, ...match } = base?.match ?? {};
  const name = base?.name ?? freeName(`${kind}-${from}-${to}`, taken);
  return {
    name,
    enabled: true,
    to,
    random: base?.random ?? false,
    match: { ...match, ...(path !== '' && { path }) },
    ...(!draft.everyCaller && { from: base?.from ?? from }),
    ...(kind === 'abort' && base?.delay && { delay: base.delay }),
    ...(kind === 'delay' && base?.abort && { abort: base.abort }),
    ...(kind === 'delay' && {
      delay: { duration: parseDuration(draft.duration.trim()) ?? 0, percentage },
    }),
    ...(kind === 'abort' && { abort: { status: Number(draft.status), percentage } }),
  };
}

function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let i = 2; taken.includes(name); i++) name = `${wanted}-${i}`;
  return name;
}

/** `50 % of orders → payments, now about 1.2 requests/s`. */
export function previewOf(draft: FaultDraft, from: string, to: string, rate: number): string {
  const who = draft.everyCaller ? `all calls to ${to}` : `${from} → ${to}`;
  const affected = (rate * draft.percentage) / 100;
  const only = draft.path === '' ? '' : ` whose path begins with ${draft.path}`;
  return `${draft.percentage} % of ${who}${only}, now about ${affected.toFixed(1)} requests/s`;
}
