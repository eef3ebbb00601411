/** A rule as it is changed in a form: a copy of what is written in the document. Pure. */
import type { Written } from '../../src-main/api/contract/index.ts';

export type Mapping = { readonly [key: string]: Written };
export type Keys = readonly string[];

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands at the keys; undefined where nothing does. */
export function valueAt(value: Written | undefined, keys: Keys): Written | undefined {
  return keys.reduce<Written | undefined>(
    (found, key) => (isMapping(found) && Object.hasOwn(found, key) ? found[key] : undefined),
    value,
  );
}

/**
 * With another value at the keys; undefined takes it away, together with what is empty then, and all
 * else stays as it was.
 */
export function withValue(
  value: Written | undefined,
  keys: Keys,
  next: Written | undefined,
): Written | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return next;
  const before: Mapping = isMapping(value) ? value : {};
  const inner = withValue(before[key], rest, next);
  if (inner !== undefined) return { ...before, [key]: inner };
  const left = Object.entries(before).filter(([one]) => one !== key);
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

/** As written, without what is null: such a value means nothing. */
export function cleaned(value: unknown): Written | undefined {
  if (Array.isArray(value)) return value.flatMap((one: unknown) => cleaned(one) ?? []);
  if (!isMapping(value)) return value === null ? undefined : (value as Written | undefined);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => {
      const kept = cleaned(one);
      return kept === undefined ? [] : [[key, kept]];
    }),
  );
}

/** A name that nobody has: `delay-orders-payments`, or with the first free number behind it. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const short = wanted.slice(0, 59).replace(/-+$/, '');
  let name = short;
  for (let i = 2; taken.includes(name); i++) name = `${short}-${i}`;
  return name;
}
