/** What is captured where somebody asks for it. Pure. */
import type { CaptureProgress } from '../../../src-main/api/contract/index.ts';
import type { Selection } from '../../app/ui-store.ts';
import { freeName } from '../../policies/draft.ts';
import type { Mapping } from '../../policies/draft.ts';

/** Between whom; what is absent is everybody. */
export interface CaptureScope {
  readonly from?: string;
  readonly to?: string;
}

/** Of a new capture: enough to see something, and little enough to be forgotten there. */
export const USUAL_COUNT = 50;

/** What is selected; else what comes from outside. */
export function scopeOf(selection: Selection): CaptureScope {
  if (selection.kind === 'edge') return { from: selection.from, to: selection.to };
  if (selection.kind === 'service') return { to: selection.name };
  return { from: 'gateway' };
}

/** `gateway → storefront`; `everything to payments`; `everything at the gateway`. */
export function sayScope({ from, to }: CaptureScope): string {
  if (from !== undefined && to !== undefined) return `${from} → ${to}`;
  if (to !== undefined) return `everything to ${to}`;
  return from === 'gateway' ? 'everything at the gateway' : `everything from ${from}`;
}

/** As it is written in the document. */
export function newCapture(scope: CaptureScope, taken: readonly string[]): Mapping {
  const { from, to } = scope;
  const wanted = [from, to].filter((one) => one !== undefined).join('-');
  return { name: freeName(wanted, taken), ...scope, requests: USUAL_COUNT };
}

/** How far it has come, where it acts at all. */
export function sayProgress(
  wanted: number | undefined,
  progress: CaptureProgress | undefined,
): string {
  if (!progress) return 'switched off';
  const { count, isSpent, lost } = progress;
  const so = wanted === undefined ? `${said(count)} so far` : `${said(count)} of ${said(wanted)}`;
  const gone = lost === 0 ? '' : `, ${said(lost)} lost: too much at once, or no room on the disk`;
  return `${so}${isSpent ? ', done' : ''}${gone}`;
}

function said(count: number): string {
  return count.toLocaleString('en');
}
