/** A fault: the service's name is not known. */
import { z } from 'zod';
import { percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const nameNotFoundSchema = z
  .strictObject({
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .meta({ description: 'Fails as if the name of the service were not known.' });

export const nameNotFound: PolicyInfo = {
  title: 'Name not found',
  description: 'Fails as if the name of the service were not known.',
  fault: true,
  schema: nameNotFoundSchema,
};
