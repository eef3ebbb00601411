/** A fault: requests are held back. */
import { z } from 'zod';
import { distribution } from '../schema/distribution.ts';
import { duration, percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const delaySchema = z
  .strictObject({
    duration: z
      .union([duration, distribution])
      .meta({ description: 'How long, or how the time varies.' }),
    at: z.enum(['connect', 'request', 'chunk']).optional().meta({
      description:
        'connect: as if the connection took so long, so that the connect timeout can strike; request: before the request goes out; chunk: every piece of a body, both ways.',
      default: 'request',
    }),
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .meta({ description: 'Holds requests back before they go to the service.' });

export const delay: PolicyInfo = {
  title: 'Delay',
  description: 'Holds requests back for a time.',
  fault: true,
  schema: delaySchema,
};
