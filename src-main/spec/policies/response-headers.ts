/** A fault: headers of answers are changed or missing. */
import { z } from 'zod';
import { answerHeaderName, headerValue, percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const responseHeadersSchema = z
  .strictObject({
    set: z
      .record(answerHeaderName, headerValue)
      .optional()
      .meta({ description: 'Headers with other values, or new ones.' }),
    remove: z.array(answerHeaderName).optional().meta({ description: 'Headers that go missing.' }),
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .refine(
    ({ set, remove }) => (set ?? remove) !== undefined,
    'expected headers to set or to remove',
  )
  .meta({ description: 'Changes or takes away headers of answers.' });

export const responseHeaders: PolicyInfo = {
  title: 'Response headers',
  description: 'Changes or takes away headers of answers.',
  fault: true,
  schema: responseHeadersSchema,
};
