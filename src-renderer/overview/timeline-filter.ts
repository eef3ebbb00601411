/** Which events of the timeline are shown. Pure. */
import type { EventEntry } from '../../src-main/api/contract/index.ts';

export type EventKind = EventEntry['kind'];

export const EVENT_KINDS: Readonly<Record<EventKind, string>> = {
  edit: 'Edits',
  instance: 'Instances',
  identity: 'Certificates',
  problem: 'Document',
  engine: 'Engine',
};

export interface TimelineFilter {
  /** Words that the event has, all of them. */
  readonly text: string;
  /** Undefined: every kind. */
  readonly kind: EventKind | undefined;
  /** Only warnings and errors. */
  readonly severe: boolean;
}

export function fitsFilter(event: EventEntry, { text, kind, severe }: TimelineFilter): boolean {
  if (kind !== undefined && event.kind !== kind) return false;
  if (severe && event.severity === 'info') return false;
  const said = `${event.message} ${event.subject ?? ''}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}

/** The event nearest to a moment (milliseconds since 1970); undefined where there is none. */
export function nearestTo(events: readonly EventEntry[], at: number): EventEntry | undefined {
  return events.reduce<EventEntry | undefined>(
    (best, event) => (!best || Math.abs(event.at - at) < Math.abs(best.at - at) ? event : best),
    undefined,
  );
}
