/** Requests that go to one version whatever the split says. */
import { z } from 'zod';
import { matchFields } from '../schema/match.ts';
import type { PolicyInfo } from './policy.ts';

export const overrideSchema = z
  .strictObject({ ...matchFields, version: z.string().meta({ description: 'Where they go.' }) })
  .meta({ description: 'Requests that match go to this version, before the split.' });

export const override: PolicyInfo = {
  title: 'Override',
  description: 'Sends requests with a certain header, path or method to one version.',
  fault: false,
  schema: overrideSchema,
};
