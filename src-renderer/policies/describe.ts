/** Rules in words. Pure. */
import type { PolicyKind, Written } from '../../src-main/api/contract/index.ts';
import { controlOf } from './catalogue.ts';
import { isMapping, valueAt } from './draft.ts';
import type { Mapping } from './draft.ts';
import { kindsOf } from './rules.ts';
import type { Rule } from './rules.ts';
import { sayAny, sayMatch } from './say.ts';
import { SETTINGS, isSetting } from './settings.ts';

/** What the rule is, for a heading: `Delay`, `Request headers`, `Route`. */
export function titleOf({
  kind,
  value,
  name,
}: Pick<Rule, 'kind' | 'value'> & {
  readonly name?: string | undefined;
}): string {
  if (kind === 'fault')
    return kindsOf(value)
      .map((one) => controlOf(one).title)
      .join(' and ');
  if (kind === 'instanceFault')
    return ACTIONS[String(valueAt(value, ['action']))] ?? 'Instance fault';
  if (kind === 'route') return 'Route';
  if (kind === 'capture') return 'Capture';
  if (isSetting(kind)) return SETTINGS[kind].title;
  if (kind === 'headers')
    return name === 'responseHeaders' ? 'Response headers' : 'Request headers';
  return controlOf(kind).title;
}

const ACTIONS: Readonly<Record<string, string>> = {
  kill: 'Kill',
  pause: 'Pause',
  restart: 'Restart',
  throttle: 'Throttle',
  memoryPressure: 'Memory pressure',
  clockSkew: 'Clock skew',
  netem: 'Bad network',
  partition: 'Partition',
  diskFull: 'Disk full',
};

/** What it does, in a few words. */
export function sayRule({ kind, value }: Pick<Rule, 'kind' | 'value'>): string {
  if (kind === 'fault') return sayFault(value);
  if (kind === 'instanceFault') return sayInstanceFault(value);
  if (kind === 'route') return sayMatch(valueAt(value, ['match']));
  if (kind === 'capture') return sayCapture(value);
  if (isSetting(kind)) return SETTINGS[kind].say(value);
  return sayPolicy(kind, value);
}

/** `300ms on 50 %, POST /charge`. */
function sayFault(value: Written): string {
  const parts = kindsOf(value).map((kind) => sayPolicy(kind, valueAt(value, [kind]) ?? {}));
  const match = valueAt(value, ['match']);
  return [...parts, ...(match === undefined ? [] : [sayMatch(match)]), ...whenOf(value)].join(', ');
}

/** `orders → payments`. */
export function sayWay(value: Written): string {
  const [from, fromVersion, to, toVersion] = ['from', 'fromVersion', 'to', 'toVersion'].map((key) =>
    valueAt(value, [key]),
  );
  const end = (name: Written | undefined, version: Written | undefined): string =>
    [name ?? 'all', version].flatMap((one) => (one === undefined ? [] : [sayAny(one)])).join(' ');
  return `${end(from, fromVersion)} → ${end(to, toVersion)}`;
}

function sayInstanceFault(value: Written): string {
  const { service, version, index, action, share = 20, offset, from } = value as Mapping;
  const which = [version, index === undefined ? undefined : `#${sayAny(index)}`].flatMap((one) =>
    one === undefined ? [] : [sayAny(one)],
  );
  const words: Readonly<Record<string, string>> = {
    throttle: `throttle to ${sayAny(share)} %`,
    memoryPressure: 'memory pressure on',
    clockSkew: `clock skew of ${sayAny(offset ?? '0s')} on`,
    netem: `${sayPackets(value as Mapping)} from`,
    partition: `no packets between ${Array.isArray(from) ? from.map(sayAny).join(', ') : 'all'} and`,
    diskFull: 'full disk of',
  };
  const what = words[sayAny(action)] ?? sayAny(action);
  const whom = [service, ...which].map(sayAny).join(' ');
  return [`${what} ${whom}`, ...whenOf(value)].join(', ');
}

/** `packets 100ms late, 5 % lost`. */
function sayPackets({ delay, loss, reorder }: Mapping): string {
  const parts = [
    ...(delay === undefined ? [] : [`${sayAny(delay)} late`]),
    ...(loss === undefined ? [] : [`${sayAny(loss)} % lost`]),
    ...(reorder === undefined ? [] : [`${sayAny(reorder)} % out of order`]),
  ];
  return `packets ${parts.join(', ')}`;
}

/** `50 requests, gateway → storefront, POST`. */
function sayCapture(value: Written): string {
  const { requests, percentage, match, expires, masked } = value as Mapping;
  const share = percentage === undefined ? '' : `${sayAny(percentage)} % of `;
  const many = requests === undefined ? 'all requests' : `${sayAny(requests)} requests`;
  return [
    `${share}${many}`,
    sayWay(value),
    ...(match === undefined ? [] : [sayMatch(match)]),
    ...(masked === false ? ['secrets kept'] : []),
    ...(expires === undefined ? [] : [`until ${sayAny(expires)}`]),
  ].join(', ');
}

/** When it acts, where that is not always. */
export function whenOf(value: Written): string[] {
  const { schedule, duration, sequence, expires } = value as Mapping;
  return [
    ...(isMapping(sequence) ? [saySequence(sequence)] : []),
    ...(isMapping(schedule) && schedule['every'] !== undefined
      ? [`every ${sayAny(schedule['every'])} for ${sayAny(schedule['duration'])}`]
      : []),
    ...(isMapping(schedule) && schedule['every'] === undefined ? ['on schedule'] : []),
    ...(duration === undefined ? [] : [`for ${sayAny(duration)}`]),
    ...(expires === undefined ? [] : [`until ${sayAny(expires)}`]),
  ];
}

function saySequence(sequence: Mapping): string {
  const [how = '', value = ''] = Object.entries(sequence)[0] ?? [];
  if (how === 'first') return `the first ${sayAny(value)}`;
  if (how === 'every') return `one of ${sayAny(value)}`;
  if (how === 'failThenWork') return `the first ${sayAny(valueAt(value, ['times']))} tries of each`;
  if (how === 'burst') {
    const [length, every] = ['length', 'every'].map((key) => sayAny(valueAt(value, [key])));
    return `${length} of ${every} in a row`;
  }
  return `from ${sayAny(valueAt(value, ['from']))} to ${sayAny(valueAt(value, ['to']))}`;
}

/** A value that is half typed may say little. */
function sayPolicy(kind: PolicyKind, value: Written): string {
  return controlOf(kind).say(value);
}
