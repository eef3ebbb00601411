/** Events as charts mark them. Pure. */
import type { EventEntry } from '../../src-main/api/contract/index.ts';

export interface Mark {
  readonly id: number;
  /** Seconds since 1970. */
  readonly at: number;
  /** A token's name, without the dashes. */
  readonly colour: string;
  readonly label: string;
}

const COLOURS = { error: 'bad', warning: 'warn' } as const;

/** Edits, and all that went wrong; `service`: of it alone, and every edit. */
export function marksOf(events: readonly EventEntry[], service?: string): Mark[] {
  return events
    .filter(({ kind, severity }) => kind === 'edit' || severity !== 'info')
    .filter((event) => service === undefined || speaksOf(event, service))
    .map(({ id, at, severity, message }) => ({
      id,
      at: at / 1000,
      colour: severity === 'info' ? 'accent' : COLOURS[severity],
      label: message,
    }));
}

/** Whether an event is about a service or one of its instances; an edit may be about any. */
export function speaksOf({ kind, subject }: EventEntry, service: string): boolean {
  if (kind === 'edit') return true;
  if (subject === undefined) return false;
  return subject === service || instanceOf(subject) === service;
}

/** `payments` of `payments-v2-0`. */
function instanceOf(id: string): string {
  return id.replace(/-[^-]+-\d+$/, '');
}
