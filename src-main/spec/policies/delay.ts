/** A fault: requests are held back. */
import { z } from 'zod';
import { duration, percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const delaySchema = z
  .strictObject({
    duration: duration.meta({ description: 'How long.' }),
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
