/** A fault: bytes of a body are changed on the way. */
import { z } from 'zod';
import { percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const corruptSchema = z
  .strictObject({
    direction: z
      .enum(['up', 'down'])
      .optional()
      .meta({ description: 'up: the request; down: the answer.', default: 'down' }),
    bytes: percent.optional().meta({ description: 'Per cent of the bytes.' }),
    at: z
      .array(z.int().min(0))
      .optional()
      .meta({ description: 'Bytes that are changed in any case, counted from 0.' }),
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .refine(({ bytes, at }) => (bytes ?? at) !== undefined, 'expected bytes or at')
  .meta({ description: 'Changes bytes of bodies.' });

export const corrupt: PolicyInfo = {
  title: 'Corrupt',
  description: 'Changes bytes of bodies.',
  fault: true,
  schema: corruptSchema,
};
