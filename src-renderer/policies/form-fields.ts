/** Which fields a rule's form has, and where each stands. Pure. */
import type { Place, PolicyKind } from '../../src-main/api/contract/index.ts';
import { controlOf } from './catalogue.ts';
import type { FieldHint } from './control.ts';
import type { Keys } from './draft.ts';
import { kindsOf } from './rules.ts';
import type { RuleKind } from './rules.ts';
import type { Field, FieldSpec } from './schema/field-spec.ts';
import { specAt } from './schema/field-spec.ts';
import { SETTINGS, isSetting } from './settings.ts';

/** Keys that a form sets by its place in the mesh, or by its switch. */
const SET = ['enabled'];

/** The schema of the rule at a place of the document. */
export function specFor(place: Place): FieldSpec {
  return specAt(
    place.map((step, i) => {
      if (typeof step !== 'string') return '*';
      return i === 1 && (place[0] === 'traffic' || place[0] === 'services') ? '*' : step;
    }),
  );
}

export interface Layout {
  /** Shown at once. */
  readonly first: readonly Field[];
  readonly more: readonly Field[];
}

/** The fields of a mapping, the common ones first and in their order. */
export function layoutOf(spec: FieldSpec, first: readonly string[]): Layout {
  const fields = spec.kind === 'group' ? spec.fields : [];
  const shown = fields.filter(({ key }) => !SET.includes(key));
  return {
    first: first.flatMap((key) => shown.filter((field) => field.key === key)),
    more: shown.filter(({ key }) => !first.includes(key)),
  };
}

/** Every field within these, its keys joined with dots: where an error can be shown. */
export function shownKeys(fields: readonly Field[], within: Keys = []): Set<string> {
  const keys = new Set<string>();
  for (const { key, spec } of fields) {
    const own = [...within, key];
    keys.add(own.join('.'));
    if (spec.kind === 'group') for (const one of shownKeys(spec.fields, own)) keys.add(one);
    if (spec.kind !== 'variants') continue;
    for (const variant of spec.variants) {
      if (variant.key === undefined || variant.spec.kind !== 'group') continue;
      const inner = shownKeys(variant.spec.fields, [...own, variant.key]);
      for (const one of inner) keys.add(one);
    }
  }
  return keys;
}

const MATCH_HINTS: Readonly<Record<string, FieldHint>> = {
  'match.path': { placeholder: '/charge', help: 'By segment: /a matches /a and /a/b.' },
  'match.method': { from: 'methods', help: '' },
  'match.headers': { placeholder: 'x-user: ada', help: '' },
  'match.query': {
    placeholder: 'page: 2',
    help: 'As they stand in the URL; of several the first.',
  },
  'match.cookies': { placeholder: 'session: abc', help: '' },
  'match.caller': { label: 'Caller', help: '' },
  'match.caller.service': { from: 'callers' },
};

const FAULT_HINTS: Readonly<Record<string, FieldHint>> = {
  ...MATCH_HINTS,
  name: { help: 'It stands in every hop that it touched.' },
  from: { label: 'Caller', from: 'callers', placeholder: 'every caller', help: '' },
  fromVersion: { label: 'Version of the caller', from: 'callerVersions', help: '' },
  toVersion: { label: 'Version of the service', from: 'versions', help: '' },
  instance: { from: 'instances', help: '' },
  route: { from: 'routes', help: 'Of the gateway, or of the called service.' },
  random: { label: 'By chance' },
  stacking: {
    label: 'Beside other faults',
    words: { independent: 'by itself', remainder: 'only where no other acted' },
  },
  sequence: {
    label: 'Which of them',
    placeholder: 'any of them',
    oneOf: true,
    words: {
      first: 'the first so many',
      every: 'one of so many',
      burst: 'some in a row',
      window: 'in a window of time',
      failThenWork: 'fail, then work',
    },
  },
  duration: { label: 'Acts for', placeholder: 'ever' },
  'schedule.every': { placeholder: '1m' },
  'schedule.duration': { placeholder: '10s' },
};

const INSTANCE_FAULT_HINTS: Readonly<Record<string, FieldHint>> = {
  action: {
    label: 'What happens',
    words: {
      kill: 'kill (SIGKILL)',
      pause: 'pause (SIGSTOP)',
      restart: 'restart',
      throttle: 'throttle',
      memoryPressure: 'memory pressure',
      clockSkew: 'clock skew',
      netem: 'bad network (netem)',
      partition: 'network partition',
      diskFull: 'disk full',
    },
  },
  version: { from: 'versions', placeholder: 'every version' },
  index: { label: 'Which one', placeholder: 'all' },
  share: { label: 'Share of the time that it runs' },
  headroomBytes: { label: 'Bytes that it may still take' },
  offset: { label: 'Its clock is ahead by', placeholder: '1h, or -5m' },
  delay: { label: 'Packets are late by', placeholder: '100ms' },
  jitter: { label: 'Which varies by', placeholder: '10ms' },
  loss: { label: 'Per cent of packets lost', placeholder: '0' },
  reorder: { label: 'Per cent sent past the others', placeholder: '0' },
  from: { label: 'Parted from', from: 'everyCaller', placeholder: 'everybody' },
  folder: { label: 'Which tmpfs', placeholder: 'all that have a size' },
  duration: { label: 'Acts for', placeholder: 'ever' },
  'schedule.every': { placeholder: '1m' },
  'schedule.duration': { placeholder: '5s' },
};

const CAPTURE_HINTS: Readonly<Record<string, FieldHint>> = {
  ...MATCH_HINTS,
  from: { label: 'Caller', from: 'everyCaller', placeholder: 'every caller' },
  to: { label: 'Called service', from: 'services', placeholder: 'every service' },
  requests: { label: 'How many', placeholder: 'no end' },
  masked: { label: 'Mask secrets' },
  bodyBytes: { label: 'Kept of each body' },
};

/** What is said of a field besides its schema. */
export function hintFor(kind: RuleKind, keys: Keys): FieldHint {
  const key = keys.join('.');
  if (kind === 'instanceFault') return INSTANCE_FAULT_HINTS[key] ?? {};
  if (kind === 'route') return MATCH_HINTS[key] ?? {};
  if (kind === 'capture') return CAPTURE_HINTS[key] ?? {};
  if (isSetting(kind)) return SETTINGS[kind].fields[key] ?? {};
  if (kind !== 'fault') return controlOf(kind).fields?.[key] ?? {};
  const [part, ...rest] = keys;
  const own = rest.length > 0 ? controlHint(part, rest) : undefined;
  return own ?? FAULT_HINTS[key] ?? {};
}

function controlHint(kind: string | undefined, keys: Keys): FieldHint | undefined {
  const known = kindsOf({ [kind ?? '']: {} })[0];
  return known && controlOf(known).fields?.[keys.join('.')];
}

/** Where a fault acts. */
export const FAULT_SCOPE = [...['from', 'fromVersion', 'toVersion', 'instance', 'route']] as const;
/** On which of those calls, and when. */
export const FAULT_TIMES = [
  ...['sequence', 'duration', 'schedule', 'expires', 'random', 'stacking'],
] as const;

export function pick(spec: FieldSpec, keys: readonly string[]): Field[] {
  const fields = spec.kind === 'group' ? spec.fields : [];
  return keys.flatMap((key) => fields.filter((field) => field.key === key));
}

/** The document's own words for what a kind does. */
export function descriptionOf(kind: PolicyKind): string {
  const { where } = controlOf(kind);
  if (where.in === 'fault') return specAt(['faults', '*', kind]).description ?? '';
  if (where.in === 'list') return specAt([...where.path, '*']).description ?? '';
  if (where.in === 'service') return specAt(['services', '*', where.key]).description ?? '';
  if (where.in === 'items') return specAt(['traffic', '*', where.key, '*']).description ?? '';
  return specAt(['traffic', '*', where.keys[0] ?? '']).description ?? '';
}
