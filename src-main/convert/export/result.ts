/** What an export gives: files, and what must be known about them. */
import { z } from 'zod';

export const exportTarget = z.enum(['istio', 'gateway-api']);
export type ExportTarget = z.infer<typeof exportTarget>;

/** Whether the target does what was tested here. */
export const support = z.enum(['exact', 'approximated', 'cannot']);
export type Support = z.infer<typeof support>;

/** What an export says of one thing in the document. */
export const exportNote = z.object({
  support,
  /** Where in the document: `faults.slow-payments.delay`. */
  subject: z.string(),
  why: z.string(),
});
export type ExportNote = z.infer<typeof exportNote>;

export const exportResult = z.object({
  target: exportTarget,
  files: z.array(z.object({ name: z.string(), text: z.string() })),
  notes: z.array(exportNote),
});
export type ExportResult = z.infer<typeof exportResult>;
