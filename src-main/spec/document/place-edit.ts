/** Edits of whatever stands at a place of the document. */
import { isDeepStrictEqual } from 'node:util';
import type { Place, Step } from '../edits.ts';
import { EditError, openedValue, removeValue, setValue } from './change.ts';
import type { Path, Tree } from './tree.ts';
import type { Value } from './write.ts';

/**
 * The path of a place. A named item that is not there has the place behind the last of its list.
 * @throws EditError where a list is needed and something else stands there
 */
export function resolvePlace(tree: Tree, place: Place): Path {
  return place.reduce<Path>((path, step) => [...path, resolveStep(tree, path, step)], []);
}

function resolveStep(tree: Tree, path: Path, step: Step): string | number {
  if (typeof step !== 'object') return step;
  const list = openedValue(tree, path) ?? [];
  if (!Array.isArray(list)) throw new EditError(`${path.join('.')} is not a list`);
  const at = list.findIndex((item: unknown) => nameOf(item) === step.named);
  return at < 0 ? list.length : at;
}

function nameOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'name' in item ? item.name : undefined;
}

/** @throws EditError */
export function putAt(tree: Tree, place: Place, value: Value, was: Value | undefined): Tree {
  const path = resolvePlace(tree, place);
  refuseChanged(tree, path, was);
  return setValue(tree, path, value);
}

/** What is switched off is not remembered as that for the next one. @throws EditError */
export function removeAt(tree: Tree, place: Place, was: Value | undefined): Tree {
  const path = resolvePlace(tree, place);
  refuseChanged(tree, path, was);
  if (openedValue(tree, path) === undefined) throw new EditError(`there is no ${nameFor(place)}`);
  const key = path.at(-1);
  const forgotten = typeof key === 'string' ? switchKey(tree, path, key, true) : tree;
  return removeValue(forgotten, path);
}

/** @throws EditError where there is nothing to switch */
export function switchAt(tree: Tree, place: Place, enabled: boolean): Tree {
  const path = resolvePlace(tree, place);
  if (openedValue(tree, path) === undefined) throw new EditError(`there is no ${nameFor(place)}`);
  const key = path.at(-1);
  if (typeof key === 'string') return switchKey(tree, path, key, enabled);
  const own = [...path, 'enabled'];
  return enabled ? removeValue(tree, own) : setValue(tree, own, false);
}

/** Keeps the list of what is switched off in the mapping that holds the key. */
function switchKey(tree: Tree, path: Path, key: string, enabled: boolean): Tree {
  const list = [...path.slice(0, -1), 'disabled'];
  const off = openedValue(tree, list);
  const before = Array.isArray(off) ? off.filter((one) => typeof one === 'string') : [];
  if (before.includes(key) === !enabled) return tree;
  if (!enabled) return setValue(tree, list, [...before, key]);
  const left = before.filter((one) => one !== key);
  return left.length === 0 ? removeValue(tree, list) : setValue(tree, list, left);
}

function refuseChanged(tree: Tree, path: Path, was: Value | undefined): void {
  if (was === undefined || isDeepStrictEqual(openedValue(tree, path), was)) return;
  throw new EditError('this was changed meanwhile: open it again to see what it is now');
}

const WORDS: Readonly<Record<string, string>> = {
  faults: 'fault',
  instanceFaults: 'instance fault',
  rateLimits: 'rate limit',
  policies: 'authorization',
  overrides: 'override',
  routes: 'route',
};

/** For people: `fault slow`, `retry of payments`, `timeout of route search of catalog`. */
export function nameFor(place: Place): string {
  const [section, ...rest] = place;
  if (section !== 'traffic' && section !== 'services' && section !== 'gateway') {
    return namesOf(place).at(-1) ?? String(section);
  }
  const [owner, ...inner] = section === 'gateway' ? ['the gateway', ...rest] : rest;
  return [...namesOf(inner).toReversed(), String(owner)].join(' of ');
}

/** A list and its item are one thing. */
function namesOf(steps: Place): string[] {
  const names: string[] = [];
  for (const step of steps) {
    if (typeof step === 'string') names.push(WORDS[step] ?? spaced(step));
    else {
      const item = typeof step === 'number' ? String(step + 1) : step.named;
      names.push(`${names.pop() ?? ''} ${item}`.trim());
    }
  }
  return names;
}

/** `circuitBreaker` → `circuit breaker`. */
function spaced(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
