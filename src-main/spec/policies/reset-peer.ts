/** A fault: connections are reset. */
import { z } from 'zod';
import { duration, percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const resetPeerSchema = z
  .strictObject({
    after: duration.optional().meta({
      description: 'From when the request is sent; without it at once.',
      default: '0ms',
    }),
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .meta({ description: 'Resets connections (RST).' });

export const resetPeer: PolicyInfo = {
  title: 'Reset peer',
  description: 'Resets connections (RST).',
  fault: true,
  schema: resetPeerSchema,
};
