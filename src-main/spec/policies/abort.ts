/** A fault: requests are answered with an error instead of by the service. */
import { z } from 'zod';
import { percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

const STATUS = 'expected an HTTP status, from 200 to 599';

export const abortSchema = z
  .strictObject({
    status: z.int().min(200, STATUS).max(599, STATUS).meta({ description: 'The HTTP status.' }),
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .meta({ description: 'Answers requests with a status; they do not reach the service.' });

export const abort: PolicyInfo = {
  title: 'Abort',
  description: 'Answers requests with an error status.',
  fault: true,
  schema: abortSchema,
};
