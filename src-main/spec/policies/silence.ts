/** A fault: a request is taken and never answered (Toxiproxy's timeout). */
import { z } from 'zod';
import { duration, percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const silenceSchema = z
  .strictObject({
    duration: duration.optional().meta({
      description: 'Then the connection is closed; without it silent until somebody gives up.',
    }),
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .meta({ description: 'Takes requests and never answers them.' });

export const silence: PolicyInfo = {
  title: 'Silence',
  description: 'Takes requests and never answers them.',
  fault: true,
  schema: silenceSchema,
};
