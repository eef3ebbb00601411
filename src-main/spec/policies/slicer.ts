/** A fault: bodies come in small pieces. */
import { z } from 'zod';
import { duration, percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const slicerSchema = z
  .strictObject({
    direction: z
      .enum(['up', 'down'])
      .optional()
      .meta({ description: 'up: the request; down: the answer.', default: 'down' }),
    size: z.int().min(1).meta({ description: 'Bytes of a piece, on average.' }),
    variation: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'A piece may be so much larger or smaller.', default: 0 }),
    delay: duration.optional().meta({ description: 'Between two pieces.', default: '0ms' }),
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .refine(({ size, variation = 0 }) => variation < size, 'expected a variation below the size')
  .meta({ description: 'Cuts bodies into small pieces.' });

export const slicer: PolicyInfo = {
  title: 'Slicer',
  description: 'Cuts bodies into small pieces.',
  fault: true,
  schema: slicerSchema,
};
