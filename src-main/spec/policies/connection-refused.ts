/** A fault: nobody listens. */
import { z } from 'zod';
import { percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const connectionRefusedSchema = z
  .strictObject({
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .meta({ description: 'Fails as if nobody listened.' });

export const connectionRefused: PolicyInfo = {
  title: 'Connection refused',
  description: 'Fails as if nobody listened.',
  fault: true,
  schema: connectionRefusedSchema,
};
