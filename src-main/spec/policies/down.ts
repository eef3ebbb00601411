/** A fault: the service is not there, and what runs is broken (Toxiproxy's disabled proxy). */
import { z } from 'zod';
import { percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const downSchema = z
  .strictObject({
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .meta({ description: 'Refuses connections, and breaks what is under way.' });

export const down: PolicyInfo = {
  title: 'Down',
  description: 'Refuses connections, and breaks what is under way.',
  fault: true,
  schema: downSchema,
};
