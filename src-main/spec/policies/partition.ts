/** A fault: nothing comes through between two services, or two groups of them. */
import { z } from 'zod';
import { percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const partitionSchema = z
  .strictObject({
    fromAlso: z
      .array(z.string())
      .optional()
      .meta({ description: 'More services on the side of "from".' }),
    toAlso: z
      .array(z.string())
      .optional()
      .meta({ description: 'More services on the side of "to".' }),
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .meta({ description: 'Lets nothing through between the two sides, in either direction.' });

export const partition: PolicyInfo = {
  title: 'Partition',
  description: 'Lets nothing through between the two sides, in either direction.',
  fault: true,
  schema: partitionSchema,
};
