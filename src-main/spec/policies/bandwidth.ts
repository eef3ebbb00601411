/** A fault: bodies come slowly. */
import { z } from 'zod';
import { percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const bandwidthSchema = z
  .strictObject({
    up: z.int().min(1).optional().meta({ description: 'Bytes per second of requests.' }),
    down: z.int().min(1).optional().meta({ description: 'Bytes per second of answers.' }),
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .refine(({ up, down }) => (up ?? down) !== undefined, 'expected up or down')
  .meta({ description: 'Lets so many bytes a second pass.' });

export const bandwidth: PolicyInfo = {
  title: 'Bandwidth',
  description: 'Lets so many bytes a second pass.',
  fault: true,
  schema: bandwidthSchema,
};
