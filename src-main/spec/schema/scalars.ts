/** The small values that the document is made of. */
import { z } from 'zod';
import { parseDuration, parseSize } from '../../base/units.ts';

const NAME = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** DNS label (RFC 1035), as Kubernetes wants it of services. */
export const name = z
  .string()
  .regex(
    NAME,
    'expected a name of at most 63 lower-case letters, digits and "-", such as "orders"',
  );

/** Timers of Node end at 2^31 ms, some 24 days; nobody waits for a day. */
const LONGEST = 24 * 3_600_000;

const DURATION = 'expected a duration with its unit, such as "300ms", "2s" or "1m"';

export const duration = z
  .string({ error: ({ input }) => (input === undefined ? undefined : DURATION) })
  .regex(/^\d+(\.\d+)?(ms|s|m|h)$/, DURATION)
  .refine((text) => (parseDuration(text) ?? 0) <= LONGEST, 'expected a duration of at most 24h')
  .meta({ title: 'duration' });

const SIZE = 'expected a size in bytes, or with its unit, such as "512Mi" or "1.5g"';

/** As Docker has them: powers of 1024. */
export const size = z
  .union([z.int().min(0, SIZE), z.string().refine((text) => parseSize(text) !== undefined, SIZE)])
  .meta({ title: 'size' });

/** Permissions of a file: octal in quotes, or YAML's own octal number. */
export const fileMode = z
  .union([
    z.int().min(0).max(0o7777),
    z.string().regex(/^0?o?[0-7]{3,4}$/, 'expected permissions, such as "0644"'),
  ])
  .meta({ title: 'permissions' });

const PERCENT = 'expected per cent, from 0 to 100';

export const percent = z.number().min(0, PERCENT).max(100, PERCENT).meta({ title: 'per cent' });

const PORT = 'expected a port, from 1 to 65535, or 0 for any free one';

export const port = z.int().min(0, PORT).max(65535, PORT).meta({ title: 'port' });

/** Not one to be chosen. */
export const realPort = port.min(1, 'expected a port, from 1 to 65535');

export const runtime = z.enum(['process', 'docker']);

/** What Gateway API takes for a prefix: a path of RFC 3986, without query. */
export const pathPrefix = z
  .string()
  .regex(
    /^\/(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})*$/,
    'expected a path that begins with "/", without query, other characters percent-encoded',
  );

/** What stands in a request's first line: a path, with a query where one is wanted. */
export const requestPath = z
  .string()
  .regex(/^\/[\x21-\x7e]*$/, 'expected a path that begins with "/", without blanks');

/** A host's name without its port (RFC 1123). */
export const host = z
  .string()
  .regex(
    /^[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*$/,
    'expected the name of a host without a port, such as "shop.localhost"',
  );

/** A host's name with a port or without. */
export const authority = z
  .string()
  .regex(
    /^[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:[0-9]{1,5})?$/,
    'expected the name of a host, with a port or without, such as "shop.localhost:8080"',
  );

/** A text for another program: the system ends it at a NUL, so there may be none. */
export const programText = z.string().regex(/^[^\0]*$/, 'expected a text without NUL characters');

export const envName = z
  .string()
  .regex(/^[^=\0]+$/, 'expected the name of an environment variable, without "="');

/** Values of environment variables: numbers and switches are written as they stand. */
export const envValue = z.union([programText, z.number(), z.boolean()]);

export const headerName = z
  .string()
  .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, 'expected the name of an HTTP header');

/** A token (RFC 6265 §4.1.1). */
export const cookieName = z
  .string()
  .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, 'expected the name of a cookie');

/** What the proxy says of an answer's framing and of its connection (RFC 9110 §7.6.1). */
const OWN_HEADER =
  /^(connection|content-length|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/i;

/** Of a header that an answer may be given. */
export const answerHeaderName = headerName.refine(
  (given) => !OWN_HEADER.test(given),
  'this header is said by the proxy itself',
);

/** RFC 9110 §5.5: no control characters. */
export const headerValue = z
  .string()
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'expected the value of an HTTP header');

export const method = z
  .string()
  .regex(/^[A-Z]+$/, 'expected an HTTP method in capitals, such as "POST"');

/** A section that may be there without anything in it: `faults:`. */
export function section<T extends z.ZodType>(schema: T): z.ZodOptional<z.ZodNullable<T>> {
  return schema.nullable().optional();
}
