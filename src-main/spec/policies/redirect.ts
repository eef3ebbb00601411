/** The caller is sent elsewhere. */
import { z } from 'zod';
import { host, pathPrefix } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

const CODES = [301, 302, 303, 307, 308] as const;

export const redirectSchema = z
  .strictObject({
    scheme: z.enum(['http', 'https']).optional(),
    host: host.optional(),
    port: z.int().min(1, 'expected a port').max(65535, 'expected a port').optional(),
    path: pathPrefix.optional().meta({ description: 'The whole path; the query stays.' }),
    prefix: pathPrefix
      .optional()
      .meta({ description: 'Instead of the prefix that the route matches by.' }),
    code: z.literal(CODES).optional().meta({ description: 'The status.', default: 301 }),
  })
  .refine(({ path, prefix }) => path === undefined || prefix === undefined, {
    message: 'expected one of path and prefix',
  })
  .refine(
    ({ code: _code, ...where }) => Object.values(where).some((value) => value !== undefined),
    'expected where to: a scheme, host, port, path or prefix',
  )
  .meta({ description: 'Where the caller is sent; what is left out stays as it was asked for.' });

export const redirect: PolicyInfo = {
  title: 'Redirect',
  description: 'Sends callers elsewhere instead of to the service.',
  fault: false,
  schema: redirectSchema,
};
