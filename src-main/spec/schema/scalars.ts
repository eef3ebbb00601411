/** The small values that the document is made of. */
import { z } from 'zod';

const NAME = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** DNS label (RFC 1123), as Kubernetes wants it of services. */
export const name = z
  .string()
  .regex(NAME, 'expected a name of lower-case letters, digits and "-", such as "orders"');

export const duration = z
  .string()
  .regex(
    /^\d+(\.\d+)?(ms|s|m|h)$/,
    'expected a duration with its unit, such as "300ms", "2s" or "1m"',
  );

export const percent = z
  .number()
  .min(0, 'expected per cent, from 0 to 100')
  .max(100, 'expected per cent, from 0 to 100');

export const port = z
  .int()
  .min(0, 'expected a port, from 1 to 65535, or 0 for any free one')
  .max(65535, 'expected a port, from 1 to 65535, or 0 for any free one');

export const path = z.string().regex(/^\//, 'expected a path that begins with "/"');

/** Values of environment variables: numbers and switches are written as they stand. */
export const envValue = z.union([z.string(), z.number(), z.boolean()]);

export const headerName = z
  .string()
  .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, 'expected the name of an HTTP header');

export const method = z
  .string()
  .regex(/^[A-Z]+$/, 'expected an HTTP method in capitals, such as "POST"');
