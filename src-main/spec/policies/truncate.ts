/** A fault: answers are shorter than they were, and look whole. */
import { z } from 'zod';
import { percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const truncateSchema = z
  .strictObject({
    bytes: z.int().min(0).meta({ description: 'What is left of the body.' }),
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .meta({ description: 'Cuts the bodies of answers short.' });

export const truncate: PolicyInfo = {
  title: 'Truncate',
  description: 'Cuts the bodies of answers short.',
  fault: true,
  schema: truncateSchema,
};
