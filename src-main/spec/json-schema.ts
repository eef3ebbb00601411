/** The document's JSON Schema, for editors: generated from what the document is checked with. */
import { z } from 'zod';
import { document } from './schema/document.ts';

export function meshJsonSchema(): object {
  return named(z.toJSONSchema(document, { target: 'draft-7', io: 'input', reused: 'ref' }));
}

const REF = '#/definitions/';

/**
 * What is used more than once is called by the place where it stands first, not by a number: a new key
 * does not change the names of all that comes behind it.
 */
function named({ definitions: given, ...rest }: z.core.JSONSchema.BaseSchema): object {
  const definitions = given as Readonly<Record<string, unknown>>;
  const names = new Map<string, string>();
  const visit = (node: unknown, path: readonly string[]): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === '$ref') nameFirst(String(value).slice(REF.length), path);
      else visit(value, WORDS.has(key) ? path : [...path, key]);
    }
  };
  const nameFirst = (definition: string, path: readonly string[]): void => {
    if (names.has(definition)) return;
    names.set(definition, uniqueName(path.join('.') || 'document', new Set(names.values())));
    visit(definitions[definition], path);
  };
  visit(rest, []);
  const rename = (key: string, value: unknown): unknown =>
    key === '$ref' ? `${REF}${names.get(String(value).slice(REF.length))}` : value;
  const found: Record<string, unknown> = {};
  for (const [before, after] of names) found[after] = definitions[before];
  const text = JSON.stringify({ ...rest, definitions: found }, rename);
  return JSON.parse(text) as object;
}

/** Words of JSON Schema that say nothing about the place; numbers are the positions of choices. */
const WORDS = new Set([
  ...['properties', 'additionalProperties', 'propertyNames', 'items', 'allOf', 'anyOf', 'oneOf'],
  ...Array.from({ length: 32 }, (_, position) => String(position)),
]);

function uniqueName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}-${count}`;
  return name;
}
