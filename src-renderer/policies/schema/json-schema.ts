/** The document's JSON Schema, the one that editors complete with: what forms are derived from. Pure. */
import shipped from '../../../schema/faultline.schema.json';

/** What the shipped schema uses of JSON Schema draft 7. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly description?: string;
  readonly default?: unknown;
}

interface Document extends JsonSchema {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
}

const ROOT = shipped as unknown as Document;

/** Without references: what is said outside wins over what it refers to. */
export function resolved(schema: JsonSchema): JsonSchema {
  const { $ref, allOf = [], ...own } = schema;
  const referred = $ref === undefined ? [] : [definition($ref)];
  const parts = [...referred, ...allOf].map(resolved);
  return Object.assign({}, ...parts, own) as JsonSchema;
}

function definition(ref: string): JsonSchema {
  const found = ROOT.definitions[ref.replace('#/definitions/', '')];
  if (!found) throw new Error(`the schema has no ${ref}`);
  return found;
}

/** The ways that a value may have; a section that may be empty has one. */
export function waysOf(schema: JsonSchema): JsonSchema[] {
  const { anyOf, ...own } = resolved(schema);
  if (!anyOf) return [own];
  return anyOf.flatMap(waysOf).filter(({ type }) => type !== 'null');
}

/**
 * The schema of what stands at a place of the document; `*`: any key of a mapping, any item of a list.
 * @throws Error where the document has no such place
 */
export function schemaAt(place: readonly string[]): JsonSchema {
  return place.reduce<JsonSchema>((schema, step) => {
    const found = waysOf(schema)
      .map((way) => stepInto(way, step))
      .find((next) => next !== undefined);
    if (!found) throw new Error(`the schema has no ${place.join('.')}`);
    return resolved(found);
  }, ROOT);
}

function stepInto(schema: JsonSchema, step: string): JsonSchema | undefined {
  if (step !== '*') return schema.properties?.[step];
  const { items, additionalProperties } = schema;
  return items ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
}
