/** Pieces of sentences about rules, whatever has been typed into them. Pure. */
import type { Written } from '../../src-main/api/contract/index.ts';
import { isMapping } from './draft.ts';

/** ` on 50 %`; nothing where it is all of them. */
export function onShare({ percentage = 100 }: { percentage?: number | undefined }): string {
  return percentage === 100 ? '' : ` on ${percentage} %`;
}

/** `300ms`, `about 80ms (log-normal)`. */
export function sayTime(time: unknown): string {
  if (!isMapping(time)) return String(time);
  const [how = '', parts] = Object.entries(time)[0] ?? [];
  return `a ${HOW[how] ?? how} time${typicalOf(parts)}`;
}

const HOW: Readonly<Record<string, string>> = {
  uniform: 'uniform',
  normal: 'normal',
  logNormal: 'log-normal',
  exponential: 'exponential',
  pareto: 'Pareto',
  recorded: 'recorded',
};

function typicalOf(parts: Written | undefined): string {
  if (!isMapping(parts)) return '';
  if (parts['min'] !== undefined) return ` of ${sayAny(parts['min'])} to ${sayAny(parts['max'])}`;
  const typical = parts['mean'] ?? parts['median'] ?? parts['scale'];
  return typical === undefined ? '' : ` around ${sayAny(typical)}`;
}

export function sayAny(value: unknown): string {
  if (Array.isArray(value)) return value.map(sayAny).join(', ');
  return isMapping(value) ? Object.values(value).map(sayAny).join(' ') : String(value);
}

/** `1 header`, `3 headers`. */
export function count(n: number, one: string): string {
  return `${n} ${one}${n === 1 ? '' : 's'}`;
}

/** `12 kB`: decimal, as networks count. */
export function sayBytes(bytes: unknown): string {
  const n = Number(bytes);
  if (!Number.isFinite(n)) return `${String(bytes)} bytes`;
  if (n >= 1_000_000) return `${round(n / 1_000_000)} MB`;
  return n >= 1_000 ? `${round(n / 1_000)} kB` : count(n, 'byte');
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}

/** What a match asks for, in a few words; `everything` where it asks for nothing. */
export function sayMatch(match: unknown): string {
  if (!isMapping(match)) return 'everything';
  const parts = Object.entries(match).flatMap(([key, value]) => sayCondition(key, value));
  return parts.length === 0 ? 'everything' : parts.join(', ');
}

function sayCondition(key: string, value: Written): string[] {
  if (key === 'path') return [compared('', value)];
  if (key === 'method') return [sayAny(value)];
  if (key === 'caller') return [`from ${sayAny(value)}`];
  if (!isMapping(value)) return [];
  const kind = { headers: '', cookies: 'cookie ', query: '?' }[key];
  if (kind === undefined) return [];
  return Object.entries(value).map(([name, one]) => compared(`${kind}${name}: `, one));
}

function compared(what: string, value: Written): string {
  if (!isMapping(value)) return `${what}${sayAny(value)}`;
  const [how = '', text] = Object.entries(value)[0] ?? [];
  if (how === 'present') return what.replace(/: $/, text === false ? ' is missing' : ' is there');
  return how === 'exact' ? `${what}${sayAny(text)}` : `${what}${how} ${sayAny(text)}`;
}
