/** Weighted split between the versions of a service. */
import { z } from 'zod';
import { percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const splitSchema = z
  .record(z.string(), percent)
  .meta({ description: 'Per cent of the requests by version, 100 together; exact, not drawn.' });

export const split: PolicyInfo = {
  title: 'Split',
  description: 'Sends a share of the requests to each version.',
  fault: false,
  schema: splitSchema,
};
