/** Where nodes stand, kept by the browser: for each document, and each way in which it is grouped. */
import type { Point } from './model/geometry.ts';

/** Ways of grouping of which places are kept, the latest. */
const MOST_MODES = 8;

type Places = Readonly<Record<string, readonly [x: number, y: number]>>;

export function readPlaces(path: string, mode: string): Map<string, Point> {
  const places = readAll(path)[mode] ?? {};
  return new Map(Object.entries(places).map(([id, [x, y]]) => [id, { x, y }]));
}

export function writePlaces(path: string, mode: string, places: ReadonlyMap<string, Point>): void {
  const { [mode]: _, ...others } = readAll(path);
  const kept = Object.entries(others).slice(1 - MOST_MODES);
  const own = [...places].map(([id, { x, y }]) => [id, [Math.round(x), Math.round(y)]] as const);
  const all = Object.fromEntries([...kept, [mode, Object.fromEntries(own)]]);
  localStorage.setItem(keyOf(path), JSON.stringify(all));
}

export function forgetPlaces(path: string, mode: string): void {
  const { [mode]: _, ...others } = readAll(path);
  localStorage.setItem(keyOf(path), JSON.stringify(others));
}

function readAll(path: string): Record<string, Places> {
  try {
    return JSON.parse(localStorage.getItem(keyOf(path)) ?? '{}') as Record<string, Places>;
  } catch {
    return {}; // Not ours: laid out anew.
  }
}

function keyOf(path: string): string {
  return `faultline-places:${path}`;
}
