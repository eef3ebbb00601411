/** What is typed, as values. Pure. */
import type { Written } from '../../../src-main/api/contract/index.ts';

/** The text itself where it is no number; undefined where nothing is typed. */
export function numberIn(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : trimmed;
}

export function listOf(value: Written | undefined): Written[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
