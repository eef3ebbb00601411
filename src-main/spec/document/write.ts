/** Values as text, the way a person would write them into a document. */
import { stringify } from 'yaml';

export type Value = string | number | boolean | Value[] | { [key: string]: Value };

export function isMapping(value: Value): value is { [key: string]: Value } {
  return typeof value === 'object' && !Array.isArray(value);
}

const FLOW = { collectionStyle: 'flow', lineWidth: 0 } as const;

/** Only within double quotes can a line break be written without one. */
const ESCAPED = {
  ...FLOW,
  singleQuote: false,
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
} as const;

/** On one line, and safe between brackets: a text with a comma would end there. */
export function inline(value: Value): string {
  const options = JSON.stringify(value).includes('\\n') ? ESCAPED : FLOW;
  if (typeof value === 'object') return stringify(value, options).trimEnd();
  return stringify([value], { ...options, flowCollectionPadding: false })
    .trim()
    .slice(1, -1);
}

/** A mapping this short is easier to read on one line. */
const SHORT = 60;

export function isShort(value: Value): boolean {
  if (typeof value !== 'object') return true;
  const parts = Object.values(value);
  return parts.every((part) => typeof part !== 'object') && inline(value).length <= SHORT;
}

/** ` value`, or a block on the lines below. */
export function blockValue(value: Value, indent: string): string {
  if (isShort(value)) return ` ${inline(value)}`;
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `\n${value.map((one) => blockItem(one, inner)).join('\n')}`;
  return `\n${pairs(value as { [key: string]: Value }, inner)}`;
}

export function blockPair(key: string, value: Value, indent: string): string {
  return `${indent}${inline(key)}:${blockValue(value, indent)}`;
}

function pairs(value: { [key: string]: Value }, indent: string): string {
  return Object.entries(value)
    .map(([key, one]) => blockPair(key, one, indent))
    .join('\n');
}

export function blockItem(value: Value, indent: string): string {
  if (!isMapping(value)) return `${indent}- ${inline(value)}`;
  const inner = `${indent}  `;
  return `${indent}- ${pairs(value, inner).slice(inner.length)}`;
}
