import { Aperture, Power, Signpost } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { controlOf } from './catalogue.ts';
import { kindsOf } from './rules.ts';
import type { Rule } from './rules.ts';
import { SETTINGS, isSetting } from './settings.ts';

/** Of what a fault does first; of anything else, its kind's. */
export function iconOf({ kind, value }: Pick<Rule, 'kind' | 'value'>): LucideIcon {
  if (kind === 'instanceFault') return Power;
  if (kind === 'route') return Signpost;
  if (kind === 'capture') return Aperture;
  if (isSetting(kind)) return SETTINGS[kind].icon;
  if (kind !== 'fault') return controlOf(kind).icon;
  const [first] = kindsOf(value);
  return first === undefined ? Power : controlOf(first).icon;
}
