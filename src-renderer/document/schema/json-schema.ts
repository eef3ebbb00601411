/** What the document's JSON Schema says of a place in the document. Pure. */

/** As much of JSON Schema (draft 7) as the document's uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly required?: readonly string[];
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

/** Keys and places in lists that lead from the document to a part of it. */
export type Path = readonly (string | number)[];

/** References to references to themselves end here. */
const DEEPEST = 24;

/** All forms that the schema takes at a place: references followed, alternatives side by side. */
export function schemasAt(root: JsonSchema, path: Path): JsonSchema[] {
  return path.reduce<JsonSchema[]>(
    (at, part) => at.flatMap((schema) => step(root, schema, part)),
    forms(root, root),
  );
}

function step(root: JsonSchema, schema: JsonSchema, part: string | number): JsonSchema[] {
  if (typeof part === 'number') {
    const { items } = schema;
    const item = isList(items) ? items[part] : items;
    return item ? forms(root, item) : [];
  }
  const { properties, additionalProperties } = schema;
  const own = properties && Object.hasOwn(properties, part) ? properties[part] : undefined;
  if (own) return forms(root, own);
  return typeof additionalProperties === 'object' ? forms(root, additionalProperties) : [];
}

function isList(items: JsonSchema['items']): items is readonly JsonSchema[] {
  return Array.isArray(items);
}

/** What stands around a reference (a description, a default) holds for what it leads to. */
function forms(root: JsonSchema, schema: JsonSchema, depth = 0): JsonSchema[] {
  if (depth > DEEPEST) return [];
  const { $ref, allOf, anyOf, oneOf, ...own } = schema;
  const target = $ref === undefined ? undefined : definition(root, $ref);
  const inner = [...(target ? [target] : []), ...(allOf ?? [])];
  const choices = [...(anyOf ?? []), ...(oneOf ?? [])];
  const from = inner.length > 0 ? inner : choices;
  if (from.length === 0) return [own];
  return from.flatMap((one) => forms(root, one, depth + 1)).map((one) => ({ ...one, ...own }));
}

function definition({ definitions }: JsonSchema, $ref: string): JsonSchema | undefined {
  return definitions?.[$ref.replace('#/definitions/', '')];
}

/** The first thing that is said of a place. */
export function descriptionOf(schemas: readonly JsonSchema[]): string | undefined {
  return schemas.find(({ description }) => description !== undefined)?.description;
}

/** What may stand there, in a few words: `strict | permissive | disabled`, `number, 0 to 100`. */
export function summaryOf(schemas: readonly JsonSchema[]): string {
  const words = schemas.flatMap(wordsOf);
  return [...new Set(words)].join(' | ');
}

function wordsOf(schema: JsonSchema): string[] {
  if (schema.enum) return schema.enum.map(String);
  if (schema.const !== undefined) return [String(schema.const)];
  const { type = [] } = schema;
  const types: readonly string[] = typeof type === 'string' ? [type] : type;
  return types.filter((type) => type !== 'null').map((type) => NAMES[type]?.(schema) ?? type);
}

const NAMES: Readonly<Record<string, (schema: JsonSchema) => string>> = {
  object: () => 'mapping',
  array: () => 'list',
  boolean: () => 'true | false',
  string: () => 'text',
  number: rangeOf,
  integer: rangeOf,
};

function rangeOf({ minimum, maximum, type }: JsonSchema): string {
  const name = type === 'integer' ? 'whole number' : 'number';
  // Zod writes the largest safe integer where no limit is meant.
  const most = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  const least = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  if (least !== undefined && most !== undefined) return `${name}, ${least} to ${most}`;
  if (least !== undefined) return `${name}, ${least} or more`;
  return most === undefined ? name : `${name}, ${most} or less`;
}
