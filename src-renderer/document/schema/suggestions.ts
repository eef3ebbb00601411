/** What can be typed at a place of the document: from its schema and from its names. Pure. */
import { descriptionOf, schemasAt, summaryOf } from './json-schema.ts';
import type { JsonSchema, Path } from './json-schema.ts';
import type { YamlPlace } from './yaml-place.ts';

export interface Suggestion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'name';
  /** What may stand there, or what it is. */
  readonly detail: string;
  /** What the schema says of it. */
  readonly description?: string;
  /** What is put into the text. */
  readonly insert: string;
  /** Those that must be given come first. */
  readonly isRequired?: boolean;
}

/** Names of the mesh, for places that name one. */
export interface Names {
  readonly services: readonly { readonly name: string; readonly versions: readonly string[] }[];
}

export function suggestionsAt(root: JsonSchema, place: YamlPlace, names: Names): Suggestion[] {
  const schemas = schemasAt(root, place.path);
  const keys = place.kind === 'value' ? [] : keysOf(root, schemas, place, names);
  const values = place.kind === 'key' ? [] : valuesOf(schemas, place.path, names);
  return unique([...keys, ...values]);
}

function keysOf(
  root: JsonSchema,
  schemas: readonly JsonSchema[],
  place: YamlPlace,
  names: Names,
): Suggestion[] {
  const required = new Set(schemas.flatMap((schema) => schema.required ?? []));
  const known = schemas.flatMap(({ properties }) => Object.keys(properties ?? {}));
  const free = known.length === 0 ? namesFor(place.path, names, 'key') : [];
  return [...new Set([...known, ...free])]
    .filter((key) => !place.siblings.includes(key))
    .map((key) => {
      const at = schemasAt(root, [...place.path, key]);
      const description = descriptionOf(at);
      return {
        label: key,
        kind: known.includes(key) ? 'key' : 'name',
        detail: summaryOf(at),
        ...(description !== undefined && { description }),
        insert: key + beginningOf(at, place),
        isRequired: required.has(key),
      };
    });
}

/** A mapping or a list begins on a line of its own, where nothing simpler would do. */
function beginningOf(schemas: readonly JsonSchema[], { indent, inFlow }: YamlPlace): string {
  const types = new Set(schemas.flatMap(({ type }) => type ?? []).filter((one) => one !== 'null'));
  const inner = `\n${' '.repeat(indent + 2)}`;
  if (inFlow || types.size !== 1) return ': ';
  if (types.has('object')) return `:${inner}`;
  return types.has('array') ? `:${inner}- ` : ': ';
}

function valuesOf(schemas: readonly JsonSchema[], path: Path, names: Names): Suggestion[] {
  const description = descriptionOf(schemas);
  const known = schemas.flatMap((schema) => literalsOf(schema));
  const usual = schemas.find((schema) => schema.default !== undefined)?.default;
  return [
    ...known.map((value): Suggestion => ({
      label: value,
      kind: 'value',
      detail: value === String(usual) ? 'the default' : '',
      ...(description !== undefined && { description }),
      insert: value,
    })),
    ...namesFor(path, names, 'value').map((name): Suggestion => ({
      label: name,
      kind: 'name',
      detail: '',
      insert: name,
    })),
  ];
}

function literalsOf(schema: JsonSchema): string[] {
  if (schema.enum) return schema.enum.map(String);
  if (schema.const !== undefined) return [String(schema.const)];
  return schema.type === 'boolean' ? ['true', 'false'] : [];
}

const NAMES_SERVICE = new Set(['service', 'from', 'to', 'caller', 'calls', 'fromAlso', 'toAlso']);
const NAMES_SERVICES = new Set(['services', 'notServices']);
const NAMES_VERSION = new Set(['version', 'fromVersion', 'toVersion']);

/** Services and versions, where the document names one. */
function namesFor(path: Path, { services }: Names, as: 'key' | 'value'): string[] {
  const last = path.findLast((part) => typeof part === 'string') ?? '';
  const all = services.map(({ name }) => name);
  if (as === 'key' && path.length === 1 && last === 'traffic') return all;
  if (as === 'key' && last === 'split') return versionsFor(path, services);
  if (as === 'key') return [];
  if (NAMES_SERVICE.has(last)) return all;
  if (NAMES_SERVICES.has(last) && path[0] === 'authorization') return all;
  return NAMES_VERSION.has(last) ? versionsFor(path, services) : [];
}

/** Of the service whose traffic it is; elsewhere of all. */
function versionsFor(path: Path, services: Names['services']): string[] {
  const own = path[0] === 'traffic' ? services.filter(({ name }) => name === path[1]) : services;
  return [...new Set(own.flatMap(({ versions }) => versions))];
}

function unique(suggestions: readonly Suggestion[]): Suggestion[] {
  return [...new Map(suggestions.map((one) => [`${one.kind} ${one.label}`, one])).values()];
}
