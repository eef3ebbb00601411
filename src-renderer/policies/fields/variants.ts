/** Which way a value is said in, and how one goes over to another. Pure. */
import type { Written } from '../../../src-main/api/contract/index.ts';
import { isMapping } from '../draft.ts';
import type { Variant } from '../schema/field-spec.ts';

export function variantOf(
  variants: readonly Variant[],
  value: Written | undefined,
): Variant | undefined {
  if (!isMapping(value))
    return variants.find(({ key }) => key === undefined && value !== undefined);
  return variants.find(({ key }) => key !== undefined && Object.hasOwn(value, key));
}

/** With what another way begins; a time that was fixed is the middle of one that varies. */
export function startOf(
  variants: readonly Variant[],
  key: string | undefined,
  before: Written | undefined,
): Written | undefined {
  const variant = variants.find((one) => one.key === key);
  const time = typeof before === 'string' ? before : typical(before);
  if (key === undefined) return variant ? (time ?? '300ms') : undefined;
  const usual = STARTS[key]?.(time ?? '300ms');
  if (usual !== undefined) return { [key]: usual };
  return { [key]: variant?.spec.kind === 'number' ? 3 : (firstOf(variant) ?? '') };
}

const STARTS: Readonly<Record<string, (time: string) => Written>> = {
  uniform: (time) => ({ min: '0ms', max: time }),
  normal: (time) => ({ mean: time, deviation: '50ms' }),
  logNormal: (time) => ({ median: time, sigma: 0.5 }),
  exponential: (time) => ({ mean: time }),
  pareto: (time) => ({ scale: time, shape: 1.5 }),
  recorded: (time) => ({ percentiles: { p50: time, p99: '2s' } }),
  burst: () => ({ length: 5, every: 20 }),
  window: () => ({ from: '0s', to: '30s' }),
  failThenWork: () => ({ times: 2 }),
};

function typical(value: Written | undefined): string | undefined {
  const parts = isMapping(value) ? Object.values(value)[0] : undefined;
  if (!isMapping(parts)) return undefined;
  const time = parts['median'] ?? parts['mean'] ?? parts['scale'] ?? parts['max'];
  return typeof time === 'string' ? time : undefined;
}

function firstOf(variant: Variant | undefined): Written | undefined {
  const spec = variant?.spec;
  return spec?.kind === 'choice' ? spec.options[0] : undefined;
}

/** How a text can be compared, the short form first. */
export function waysFor(variants: readonly Variant[], bare: string): string[] {
  const keyed = variants.flatMap(({ key }) => (key === undefined || key === bare ? [] : [key]));
  return [bare, ...keyed];
}
