/** Branded units, so that the compiler stops a mix-up of seconds and milliseconds. */

declare const unit: unique symbol;

/** A span of time in milliseconds, 0 or more. */
export type Milliseconds = number & { readonly [unit]?: 'ms' };
/** A share from 0 to 100. */
export type Percent = number & { readonly [unit]?: 'percent' };
/** A size in bytes, 0 or more. */
export type Bytes = number & { readonly [unit]?: 'bytes' };

const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;
const FACTORS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Reads `300ms`, `1.5s`, `2m`, `1h`; undefined where the text is no duration. */
export function parseDuration(text: string): Milliseconds | undefined {
  const found = DURATION.exec(text);
  if (!found) return undefined;
  return Number(found[1]) * FACTORS[found[2] as keyof typeof FACTORS];
}

/** As `parseDuration`, and with a sign before it: below 0 where that is a `-`. */
export function parseOffset(text: string): number | undefined {
  const found = /^([+-]?)(.*)$/.exec(text);
  const span: number | undefined = parseDuration(found?.[2] ?? '');
  return found?.[1] === '-' && span !== undefined ? -span : span;
}

/** Writes a span the way the document has it: the largest unit that keeps it whole. */
export function formatDuration(ms: Milliseconds): string {
  for (const name of ['h', 'm', 's'] as const) {
    if (ms >= FACTORS[name] && ms % FACTORS[name] === 0) return `${ms / FACTORS[name]}${name}`;
  }
  return `${ms}ms`;
}

const SIZE = /^(\d+(?:\.\d+)?)\s?(?:([kmgt])i?)?b?$/i;
const SIZES = { k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 } as const;

/**
 * Reads `512m`, `512Mi`, `1.5GB`, `65536`: powers of 1024 whatever the letters, as Docker has them;
 * undefined where the text is no size.
 */
export function parseSize(text: string): Bytes | undefined {
  const found = SIZE.exec(text);
  if (!found) return undefined;
  const unit = found[2]?.toLowerCase() as keyof typeof SIZES | undefined;
  return Math.round(Number(found[1]) * (unit === undefined ? 1 : SIZES[unit]));
}
