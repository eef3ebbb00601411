/** The marks of a time axis. Pure. */

const STEPS = [1, 2, 5];

/** Round times in milliseconds, from 0 on, a few of them, none beyond `duration`. */
export function ticksOf(duration: number, most = 5): number[] {
  if (!(duration > 0)) return [0];
  const raw = duration / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = (STEPS.find((factor) => factor * power >= raw) ?? 10) * power;
  return Array.from({ length: Math.floor(duration / step) + 1 }, (_, i) => i * step);
}
