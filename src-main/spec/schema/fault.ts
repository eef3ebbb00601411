import { z } from 'zod';
import { abortSchema } from '../policies/abort.ts';
import { delaySchema } from '../policies/delay.ts';
import { match } from './match.ts';
import { name } from './scalars.ts';

export const fault = z
  .strictObject({
    name: name.meta({ description: 'Unique in the mesh; it stands in every hop that it touched.' }),
    enabled: z.boolean().optional().meta({ description: 'Whether it acts.', default: true }),
    from: z
      .string()
      .optional()
      .meta({ description: 'The caller, or "gateway"; absent: all callers.' }),
    to: z.string().meta({ description: 'The called service.' }),
    match: match.optional(),
    delay: delaySchema.optional(),
    abort: abortSchema.optional(),
    random: z.boolean().optional().meta({
      description: 'Toss a coin for each request instead of an exact share.',
      default: false,
    }),
  })
  .meta({ description: 'Something that goes wrong on purpose.' });
