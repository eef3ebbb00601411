/** Finds what the schema allows at a place of the document. */
import { z } from 'zod';
import type { Path } from './tree.ts';

/** The keys that may stand in the mapping at `path`. */
export function knownKeys(schema: z.ZodType, path: Path): string[] {
  return schemasAt(schema, path).flatMap((one) =>
    one instanceof z.ZodObject ? Object.keys(one.shape) : [],
  );
}

function schemasAt(schema: z.ZodType, path: Path): z.ZodType[] {
  let level = unwrap(schema);
  for (const part of path) level = level.flatMap((one) => step(one, part)).flatMap(unwrap);
  return level;
}

function step(schema: z.ZodType, part: string | number): z.ZodType[] {
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Record<string, z.ZodType | undefined>;
    const found = shape[String(part)];
    return found ? [found] : [];
  }
  if (schema instanceof z.ZodRecord) return [schema.valueType as z.ZodType];
  if (schema instanceof z.ZodArray) return [schema.element as z.ZodType];
  return [];
}

/** Through optional, nullable and unions to what carries keys. */
function unwrap(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return unwrap(schema.unwrap() as z.ZodType);
  }
  if (schema instanceof z.ZodUnion) return (schema.options as z.ZodType[]).flatMap(unwrap);
  return [schema];
}
