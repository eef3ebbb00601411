/** What is wrong with a document, and where. */
import { z } from 'zod';

/** Lines and columns count from 1. */
export const problem = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  /** Keys and places in lists that lead there; absent where the text cannot be read that far. */
  path: z.array(z.union([z.string(), z.number().int()])).exactOptional(),
  advice: z.string().optional(),
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  endLine: z.number().int().optional(),
  endColumn: z.number().int().optional(),
});
export type Problem = z.infer<typeof problem>;
