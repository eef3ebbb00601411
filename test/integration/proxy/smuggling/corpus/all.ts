/** The whole corpus of requests. */
import type { Attack } from './attack.ts';
import { CHUNKS } from './chunks.ts';
import { FRAMING } from './framing.ts';
import { LINES } from './lines.ts';
import { TARGETS } from './targets.ts';

export const REQUESTS: readonly Attack[] = [...FRAMING, ...CHUNKS, ...LINES, ...TARGETS];

/** How requests of an attack are found again: no mark is a part of another. */
export function markOf({ id }: Attack): string {
  return `${id}~`;
}

export function bytesOf(attack: Attack): string {
  return attack.bytes.replaceAll('{id}', markOf(attack));
}
