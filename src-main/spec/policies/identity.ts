/** A fault: a side of the connection is not who it should be. */
import { z } from 'zod';
import { identityFlaw } from '../fault.ts';
import { percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const identitySchema = z
  .strictObject({
    shows: identityFlaw.meta({
      description:
        'What is shown instead of the right certificate: one that is out of date, of another service or another CA, one without the certificate between it and the CA, or none at all.',
    }),
    side: z.enum(['client', 'server']).optional().meta({
      description: 'Who shows it: the caller, or the called service.',
      default: 'client',
    }),
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .refine(
    ({ shows, side }) => shows !== 'plainText' || side !== 'server',
    'plain text is what a caller begins with: it has no side "server"',
  )
  .meta({ description: 'Requests go over a connection with a wrong certificate, or without one.' });

export const identity: PolicyInfo = {
  title: 'Identity',
  description: 'Shows a certificate that is expired, of somebody else, or of an unknown CA.',
  fault: true,
  schema: identitySchema,
};
