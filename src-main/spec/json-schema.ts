/** The document's JSON Schema, for editors: generated from what the document is checked with. */
import { z } from 'zod';
import { document } from './schema/document.ts';

export function meshJsonSchema(): object {
  return z.toJSONSchema(document, { target: 'draft-7', io: 'input', reused: 'ref' });
}
