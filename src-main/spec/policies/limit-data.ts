/** A fault: connections break after so many bytes of a body. */
import { z } from 'zod';
import { percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const limitDataSchema = z
  .strictObject({
    direction: z
      .enum(['up', 'down'])
      .optional()
      .meta({ description: 'up: the request; down: the answer.', default: 'down' }),
    bytes: z.int().min(0).meta({ description: 'So many pass.' }),
    then: z
      .enum(['close', 'reset'])
      .optional()
      .meta({ description: 'How the connection ends.', default: 'close' }),
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .meta({ description: 'Breaks connections after so many bytes.' });

export const limitData: PolicyInfo = {
  title: 'Limit data',
  description: 'Breaks connections after so many bytes.',
  fault: true,
  schema: limitDataSchema,
};
