/** Values of a compose file as what they are meant to be. What is none of it is told, and left out. */
import { parseSize } from '../../../../base/units.ts';
import type { Bytes, Milliseconds } from '../../../../base/units.ts';
import { splitWords } from '../../../../spec/document/words.ts';
import type { Findings } from '../findings.ts';
import { isEmpty, textOf } from '../node.ts';
import type { ComposeNode } from '../node.ts';

type Given = ComposeNode | undefined;

/** Variables are texts, so that `"true"` is as good as `true`. */
export function readBoolean(node: Given, findings: Findings): boolean | undefined {
  if (node === undefined) return undefined;
  const text = textOf(node)?.toLowerCase();
  if (text !== undefined && /^(true|yes|on|y|1)$/.test(text)) return true;
  if (text !== undefined && /^(false|no|off|n|0)$/.test(text)) return false;
  findings.wrong(`"${text ?? ''}" is neither true nor false`, node.place);
  return undefined;
}

export function readNumber(node: Given, findings: Findings): number | undefined {
  if (node === undefined) return undefined;
  const text = textOf(node) ?? '';
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  findings.wrong(`"${text}" is no number`, node.place);
  return undefined;
}

export function readInteger(node: Given, findings: Findings): number | undefined {
  const value = readNumber(node, findings);
  if (value === undefined || Number.isSafeInteger(value)) return value;
  if (node) findings.wrong(`"${textOf(node) ?? ''}" is no whole number`, node.place);
  return undefined;
}

/** `512m`, `1.5gb`, or bytes. */
export function readSize(node: Given, findings: Findings): Bytes | undefined {
  if (node === undefined) return undefined;
  const size = parseSize(textOf(node) ?? '');
  if (size === undefined) {
    const advice = 'such as "512m" or "1.5g"';
    findings.wrong(`"${textOf(node) ?? ''}" is no size`, node.place, advice);
  }
  return size;
}

const FACTORS = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
const SPAN = /(\d+(?:\.\d+)?)(us|ms|s|m|h)/g;

/** `1h5m30s20ms`, as the Compose specification has durations. */
export function parseSpan(text: string): Milliseconds | undefined {
  if (text === '0') return 0;
  if (text === '' || text.replace(SPAN, '') !== '') return undefined;
  return [...text.matchAll(SPAN)].reduce(
    (sum, [, value, unit]) => sum + Number(value) * FACTORS[unit as keyof typeof FACTORS],
    0,
  );
}

/** In the document's words. */
export function readDuration(node: Given, findings: Findings): string | undefined {
  if (node === undefined) return undefined;
  const span = parseSpan(textOf(node) ?? '');
  if (span !== undefined) return `${Math.round(span)}ms`;
  const advice = 'such as "30s" or "1m30s"';
  findings.wrong(`"${textOf(node) ?? ''}" is no duration`, node.place, advice);
  return undefined;
}

/** A list as it stands, a text split as a shell would. Nothing is nothing; `[]` and `''` are none. */
export function readWords(node: Given, findings: Findings): string[] | undefined {
  if (node === undefined || isEmpty(node)) return undefined;
  if (node.kind === 'list') return readTexts(node, findings);
  const words = splitWords(textOf(node) ?? '');
  if (!words) findings.wrong('a quote is not closed', node.place);
  return words;
}

export function readTexts(node: Given, findings: Findings): string[] {
  if (node === undefined || isEmpty(node)) return [];
  const items = node.kind === 'list' ? node.items : [node];
  return items.flatMap((item) => {
    const text = textOf(item);
    if (text === undefined) findings.wrong('a text is expected', item.place);
    return text ?? [];
  });
}

/** Of a mapping; a key without a value is an empty text. */
export function readPairs(node: Given, findings: Findings): Record<string, string> {
  if (node?.kind !== 'map') return {};
  return Object.fromEntries(
    [...node.entries].flatMap(([key, { value }]): [string, string][] => {
      const text = isEmpty(value) ? '' : textOf(value);
      if (text !== undefined) return [[key, text]];
      findings.wrong('a text is expected', value.place);
      return [];
    }),
  );
}

/** Permissions: `0440` is octal, however YAML reads it. */
export function readMode(node: Given, findings: Findings): string | undefined {
  if (node?.kind !== 'scalar') return undefined;
  const text = node.source.replace(/^["']|["']$/g, '');
  if (/^0?o?[0-7]{3,4}$/.test(text)) return text;
  findings.wrong(`"${text}" are no permissions`, node.place, 'such as "0440"');
  return undefined;
}

/** The object without what is undefined. */
export function defined<T extends object>(input: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
