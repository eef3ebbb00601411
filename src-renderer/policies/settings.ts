/** What the document says of a service itself, where forms change it as they do rules. Pure. */
import { HeartPulse, ListOrdered, MapPin } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Written } from '../../src-main/api/contract/index.ts';
import type { FieldHint } from './control.ts';
import { cleaned, valueAt } from './draft.ts';
import type { Mapping } from './draft.ts';
import type { Rule } from './rules.ts';
import { sayAny } from './say.ts';

/** Keys of a service. */
export const SETTING_KINDS = ['healthThresholds', 'locality', 'priority'] as const;
export type SettingKind = (typeof SETTING_KINDS)[number];

interface Setting {
  readonly title: string;
  readonly icon: LucideIcon;
  readonly fields: Readonly<Record<string, FieldHint>>;
  /** What a new one begins with. */
  readonly start: Written;
  say(value: Written): string;
  /** A sentence about the service. */
  effect(service: string, value: Written): string;
}

const PAIRS = { serverErrors: '5xx', clientErrors: '4xx', grpcErrors: 'gRPC' } as const;
/** Kiali's, where the document says nothing. */
const USUAL = {
  serverErrors: { degraded: 0, failing: 10 },
  clientErrors: { degraded: 10, failing: 20 },
  grpcErrors: { degraded: 0, failing: 10 },
} as const;

function pairsOf(value: Written): { name: string; degraded: string; failing: string }[] {
  return (Object.keys(PAIRS) as (keyof typeof PAIRS)[]).flatMap((key) => {
    const pair = valueAt(value, [key]);
    if (pair === undefined) return [];
    const [degraded, failing] = (['degraded', 'failing'] as const).map((bound) =>
      sayAny(valueAt(pair, [bound]) ?? USUAL[key][bound]),
    );
    return [{ name: PAIRS[key], degraded: degraded ?? '', failing: failing ?? '' }];
  });
}

export const SETTINGS: Readonly<Record<SettingKind, Setting>> = {
  healthThresholds: {
    title: 'Health thresholds',
    icon: HeartPulse,
    fields: {
      serverErrors: { label: 'Answers 5xx, and none' },
      clientErrors: { label: 'Answers 4xx' },
      grpcErrors: { label: 'gRPC failures' },
    },
    start: { clientErrors: { degraded: 40, failing: 60 } },
    say: (value) =>
      pairsOf(value)
        .map(({ name, degraded, failing }) => `${name} ${degraded}/${failing} %`)
        .join(', ') || 'as usual',
    effect: (service, value) => {
      const parts = pairsOf(value).map(
        ({ name, degraded, failing }) =>
          `degraded above ${degraded} % of ${name} errors, failing from ${failing} % on`,
      );
      return `${service} is shown as ${parts.join('; ') || 'it is by default'}. Nothing about its requests changes.`;
    },
  },
  locality: {
    title: 'Locality',
    icon: MapPin,
    fields: { '': { placeholder: 'eu/west/a' } },
    start: 'eu/west/a',
    say: sayAny,
    effect: (service, value) =>
      `The instances of ${service} are in ${sayAny(value)}: callers near to them ask them first.`,
  },
  priority: {
    title: 'Priority',
    icon: ListOrdered,
    fields: {},
    start: [0, 1],
    say: sayAny,
    effect: (service, value) =>
      `The instances of ${service} have the priority ${sayAny(value)}: those with a later one are asked when the ones before cannot bear all requests.`,
  },
};

export function isSetting(kind: string): kind is SettingKind {
  return kind in SETTINGS;
}

/** What the document says of the service. */
export function settingsOf(content: Readonly<Record<string, unknown>>, service: string): Rule[] {
  return SETTING_KINDS.flatMap((kind) => {
    const value = cleaned(valueAt(content as Mapping, ['services', service, kind]));
    return value === undefined
      ? []
      : [{ kind, place: ['services', service, kind], value, enabled: true }];
  });
}
