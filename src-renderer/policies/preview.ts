/** What a rule would do, said before it does it. Pure. */
import type { EdgeState, Written } from '../../src-main/api/contract/index.ts';
import { controlOf } from './catalogue.ts';
import type { Subject } from './control.ts';
import { valueAt } from './draft.ts';
import { kindsOf } from './rules.ts';
import type { RuleKind } from './rules.ts';
import { sayAny } from './say.ts';
import { SETTINGS, isSetting } from './settings.ts';

/** Requests per second to the service; from one caller, where one is named. */
export function rateOf(
  edges: Readonly<Record<string, EdgeState>>,
  to: string,
  from: string | undefined,
): number {
  return Object.values(edges)
    .filter((edge) => edge.to === to && (from === undefined || edge.from === from))
    .reduce((sum, edge) => sum + edge.rate, 0);
}

/** Sentences about the rule, one for each thing that it does. `rate`: of the calls it is about. */
export function previewOf(
  kind: RuleKind,
  value: Written,
  subject: Subject,
  rate: number,
): string[] {
  if (kind === 'fault') return previewFault(value, rate);
  if (kind === 'instanceFault') return [previewInstanceFault(value)];
  if (kind === 'capture') return [previewCapture(value, rate)];
  if (isSetting(kind)) return [SETTINGS[kind].effect(subject.to, value)];
  const calls = `Calls to ${subject.to}, now about ${rate.toFixed(1)} requests/s,`;
  if (kind === 'route') return [`${calls} that ask for this are treated by rules of their own.`];
  return [`${calls} ${controlOf(kind).effect(value)}.`];
}

function previewFault(fault: Written, rate: number): string[] {
  const [from, to] = [valueAt(fault, ['from']), sayAny(valueAt(fault, ['to']))];
  const who = from === undefined ? `all calls to ${to}` : `${sayAny(from)} → ${to}`;
  const about = isNarrowed(fault) ? 'at most' : 'about';
  return kindsOf(fault).map((kind) => {
    const part = valueAt(fault, [kind]) ?? {};
    const share = Number(valueAt(part, ['percentage']) ?? 100);
    const now = ((rate * share) / 100).toFixed(1);
    return `${share} % of ${who}, now ${about} ${now} requests/s, ${controlOf(kind).effect(part)}.`;
  });
}

/** How many of the calls fit, nobody has counted yet. */
export function isNarrowed(fault: Written): boolean {
  return ['match', 'fromVersion', 'toVersion', 'instance', 'route', 'sequence', 'schedule'].some(
    (key) => valueAt(fault, [key]) !== undefined,
  );
}

const DONE: Readonly<Record<string, string>> = {
  kill: 'killed (SIGKILL), and started again as after any crash',
  pause: 'paused (SIGSTOP): connections are taken, and nothing is answered',
  restart: 'ended gently and started again',
};

function previewInstanceFault(value: Written): string {
  const [version, index] = ['version', 'index'].map((key) => valueAt(value, [key]));
  const service = sayAny(valueAt(value, ['service']));
  const which = index === undefined ? 'Every instance' : `Instance ${sayAny(index)}`;
  const whose = version === undefined ? service : `${service} ${sayAny(version)}`;
  const action = sayAny(valueAt(value, ['action']));
  const share = sayAny(valueAt(value, ['share']) ?? 20);
  const done = DONE[action] ?? `allowed to run for ${share} % of the time`;
  return `${which} of ${whose} is ${done}.`;
}

/** What may surprise, by the controls' own judgement. */
export function warningsOf(kind: RuleKind, value: Written, subject: Subject): string[] {
  if (kind === 'instanceFault' || kind === 'route' || isSetting(kind)) return [];
  if (kind === 'capture') return captureWarnings(value);
  if (kind !== 'fault') return controlOf(kind).warn?.(value, subject) ?? [];
  return kindsOf(value).flatMap((one) => {
    const part = valueAt(value, [one]) ?? {};
    return controlOf(one).warn?.(part, subject) ?? [];
  });
}

function previewCapture(value: Written, rate: number): string {
  const [from, to, requests] = ['from', 'to', 'requests'].map((key) => valueAt(value, [key]));
  const whose = `${from === undefined ? 'everybody' : sayAny(from)} → ${to === undefined ? 'any service' : sayAny(to)}`;
  const now = to === undefined ? '' : `, now about ${rate.toFixed(1)} requests/s,`;
  const many = requests === undefined ? 'Requests' : `The next ${sayAny(requests)} requests`;
  const have = 'have their heads and bodies kept, on disk, until Faultline ends';
  return `${many} of ${whose}${now} ${have}. Nothing about them is changed.`;
}

function captureWarnings(value: Written): string[] {
  if (valueAt(value, ['masked']) !== false) return [];
  return ['Passwords, tokens and cookies are kept as they are: whoever reads the disk reads them.'];
}
