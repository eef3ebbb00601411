/** A fault: answers come in time, and end late. */
import { z } from 'zod';
import { duration, percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const slowCloseSchema = z
  .strictObject({
    delay: duration.meta({ description: 'How long the end comes after the last byte.' }),
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .meta({ description: 'Holds the end of answers back.' });

export const slowClose: PolicyInfo = {
  title: 'Slow close',
  description: 'Holds the end of answers back.',
  fault: true,
  schema: slowCloseSchema,
};
