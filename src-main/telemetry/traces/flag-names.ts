/** Bits of HopFlag as people read and ask for them. */
import { HopFlag } from '../../proxy/hop.ts';

const known = new Map<number, readonly string[]>();

/** `DELAY_INJECTED` as `delay-injected`; the same list for the same bits. */
export function flagWords(flags: number): readonly string[] {
  let words = known.get(flags);
  if (!words) {
    words = flagNames(flags).map((name) => name.toLowerCase().replaceAll('_', '-'));
    // Few combinations ever occur; this only bounds what a bug could do.
    if (known.size < 10_000) known.set(flags, words);
  }
  return words;
}

export function flagNames(flags: number): string[] {
  return Object.entries(HopFlag).flatMap(([name, bit]) => (flags & bit ? [name] : []));
}
