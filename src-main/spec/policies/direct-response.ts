/** The proxy answers by itself. */
import { z } from 'zod';
import { headerName, headerValue } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

/** RFC 9110 §15.3.5 and §15.4.5: their answers have no body. */
const BODILESS = new Set([204, 304]);

export const directResponseSchema = z
  .strictObject({
    status: z.int().min(200, 'expected a status').max(599, 'expected a status'),
    headers: z.record(headerName, headerValue).optional(),
    body: z
      .string()
      .optional()
      .meta({ description: 'text/plain, unless a header says otherwise.' }),
  })
  .refine(
    ({ status, body }) => body === undefined || !BODILESS.has(status),
    'an answer of this status has no body',
  )
  .meta({ description: 'The answer that is given without asking the service.' });

export const directResponse: PolicyInfo = {
  title: 'Direct response',
  description: 'Answers by itself, without asking the service.',
  fault: false,
  schema: directResponseSchema,
};
