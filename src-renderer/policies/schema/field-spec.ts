/** A place of the schema as a field of a form. Pure. */
import { resolved, schemaAt, waysOf } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';

/** One way that a value with several can have: as it stands, or within a key of its own. */
export interface Variant {
  /** Absent: the value stands for itself. */
  readonly key: string | undefined;
  readonly spec: FieldSpec;
}

type Shape =
  | { readonly kind: 'duration' | 'moment' | 'percent' | 'text' | 'switch' }
  | { readonly kind: 'number'; readonly min: number | undefined; readonly whole: boolean }
  | { readonly kind: 'choice' | 'choices'; readonly options: readonly (string | number)[] }
  /** `alone`: one item may stand without its list. */
  | { readonly kind: 'list'; readonly item: FieldSpec; readonly alone: boolean }
  | { readonly kind: 'pairs'; readonly value: FieldSpec }
  /** `short`: the key that a value which is no mapping stands for. */
  | { readonly kind: 'group'; readonly fields: readonly Field[]; readonly short?: string }
  | { readonly kind: 'variants'; readonly variants: readonly Variant[] }
  /** What forms do not show; it is kept. */
  | { readonly kind: 'unshown' };

export type FieldSpec = Shape & {
  readonly description: string | undefined;
  /** What it is where nothing is said. */
  readonly usual: unknown;
};

export interface Field {
  readonly key: string;
  readonly required: boolean;
  readonly spec: FieldSpec;
}

const DURATION = schemaAt(['traffic', '*', 'timeout']).pattern;
/** A mapping with one of these says how a text is compared. */
const COMPARED = ['exact', 'prefix', 'regex', 'present'];
/** Nothing that a form shows is nested deeper. */
const DEEPEST = 6;

export function specAt(place: readonly string[]): FieldSpec {
  return specOf(schemaAt(place));
}

export function specOf(schema: JsonSchema, depth = 0): FieldSpec {
  const { description, default: usual } = resolved(schema);
  const ways = depth > DEEPEST ? [] : waysOf(schema);
  const [only] = ways;
  const shape = ways.length === 1 && only ? shapeOf(only, depth) : unionOf(ways, depth);
  return { ...shape, description, usual };
}

/** The keys of a mapping; of several, the ones of the first that is one. */
export function fieldsOf(schema: JsonSchema, depth = 0): Field[] {
  const mapping = waysOf(schema).find(({ properties }) => properties);
  return Object.entries(mapping?.properties ?? {}).map(([key, one]) => ({
    key,
    required: mapping?.required?.includes(key) ?? false,
    spec: specOf(one, depth + 1),
  }));
}

function shapeOf(schema: JsonSchema, depth: number): Shape {
  const { type, pattern, enum: options, const: only } = schema;
  if (options) return { kind: 'choice', options: options as (string | number)[] };
  if (only === true || type === 'boolean') return { kind: 'switch' };
  if (only !== undefined) return { kind: 'choice', options: [only as string | number] };
  if (schema.format === 'date-time') return { kind: 'moment' };
  if (type === 'string') return { kind: pattern === DURATION ? 'duration' : 'text' };
  if (type === 'number' || type === 'integer') return numberOf(schema);
  if (type === 'array' && schema.items) return listOf(specOf(schema.items, depth + 1), false);
  if (schema.properties) return { kind: 'group', fields: fieldsOf(schema, depth) };
  if (typeof schema.additionalProperties === 'object') {
    return { kind: 'pairs', value: specOf(schema.additionalProperties, depth + 1) };
  }
  return { kind: 'unshown' };
}

function numberOf({ type, minimum, maximum, exclusiveMinimum }: JsonSchema): Shape {
  if (type === 'number' && minimum === 0 && maximum === 100) return { kind: 'percent' };
  return { kind: 'number', min: minimum ?? exclusiveMinimum, whole: type === 'integer' };
}

function listOf(item: FieldSpec, alone: boolean): Shape {
  if (item.kind === 'choice') return { kind: 'choices', options: item.options };
  if (item.kind === 'group' || item.kind === 'unshown') return { kind: 'unshown' };
  return { kind: 'list', item, alone };
}

function unionOf(ways: readonly JsonSchema[], depth: number): Shape {
  const constants = ways.map((way) => way.const);
  if (constants.length > 0 && constants.every((one) => one !== undefined)) {
    return { kind: 'choice', options: constants as (string | number)[] };
  }
  const [first, second, ...others] = ways;
  if (first && second?.type === 'array' && second.items && others.length === 0) {
    return listOf(specOf(second.items, depth + 1), true);
  }
  const mappings = ways.filter(({ properties }) => properties);
  const [mapping] = mappings;
  if (mapping && mappings.length === 1 && !isAlternatives(mapping) && ways.length === 2) {
    const fields = fieldsOf(mapping, depth);
    return { kind: 'group', fields, short: fields[0]?.key ?? '' };
  }
  const variants = ways.flatMap((way) => variantsOf(way, depth));
  return variants.length > 0 ? { kind: 'variants', variants } : { kind: 'unshown' };
}

/** Of its keys one is given. */
function isAlternatives({ properties = {} }: JsonSchema): boolean {
  const keys = Object.keys(properties);
  return keys.length === 1 || keys.every((key) => COMPARED.includes(key));
}

function variantsOf(way: JsonSchema, depth: number): Variant[] {
  if (!way.properties) return [{ key: undefined, spec: specOf(way, depth + 1) }];
  return fieldsOf(way, depth).map(({ key, spec }) => ({ key, spec }));
}
