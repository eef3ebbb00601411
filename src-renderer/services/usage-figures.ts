/** What containers use, as texts and tones. Pure. */
import type { UsageState } from '../../src-main/api/contract/index.ts';
import { formatBytes } from '../ui/format.ts';

/** What is not known, yet or any more. */
const NOTHING = '–';

export interface UsageTexts {
  /** Of one core: 150 % is one core and a half. */
  readonly cpu: string;
  readonly received: string;
  readonly sent: string;
}

export function usageTexts(usage: UsageState | undefined): UsageTexts {
  return {
    cpu: usage?.cpu === undefined ? NOTHING : `${usage.cpu.toFixed(usage.cpu < 9.95 ? 1 : 0)} %`,
    received: perSecond(usage?.received),
    sent: perSecond(usage?.sent),
  };
}

function perSecond(bytes: number | undefined): string {
  return bytes === undefined ? NOTHING : `${formatBytes(Math.round(bytes))}/s`;
}

/** From 0 to 1; undefined: there is no limit. */
export function memoryShare({ memory, memoryLimit }: UsageState): number | undefined {
  return memoryLimit === undefined ? undefined : Math.min(1, memory / memoryLimit);
}

/** One that comes near its limit is killed soon. */
export function memoryTone(share: number | undefined): 'warn' | 'bad' | undefined {
  if (share === undefined || share < 0.8) return undefined;
  return share < 0.95 ? 'warn' : 'bad';
}
