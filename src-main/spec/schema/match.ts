import { RE2JS } from 're2js';
import { z } from 'zod';
import { headerName, headerValue, method, pathPrefix } from './scalars.ts';

/** A pattern of RE2, as Envoy and Istio take them; a wrong one is told with RE2's own reason. */
export const regex = z
  .string()
  .min(1, 'expected a regular expression')
  .max(1000, 'expected a regular expression of at most 1000 characters')
  .superRefine((pattern, context) => {
    const reason = refusal(pattern);
    if (reason !== undefined) {
      context.addIssue(`this is no regular expression of RE2: ${reason}`);
    }
  });

function refusal(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^error parsing regexp: /, '');
  }
}

const wholeValue = headerValue.min(1, 'expected a value; it must be the whole one');

/** A text is the whole value; a mapping says how else it is compared. */
export const valueMatch = z.union([
  wholeValue,
  z
    .strictObject({
      exact: wholeValue.optional(),
      prefix: wholeValue.optional(),
      regex: regex.optional().meta({ description: "RE2, for the whole value, as Envoy's." }),
      present: z.boolean().optional().meta({ description: 'false: it must not be there.' }),
    })
    .refine(isOne, 'expected one of exact, prefix, regex or present'),
]);

const pathMatch = z.union([
  pathPrefix,
  z
    .strictObject({
      prefix: pathPrefix.optional(),
      exact: pathPrefix.optional(),
      regex: regex.optional().meta({ description: 'RE2, for the whole path without its query.' }),
    })
    .refine(isOne, 'expected one of prefix, exact or regex'),
]);

function isOne(given: object): boolean {
  return Object.values(given).filter((value) => value !== undefined).length === 1;
}

/** RFC 6265 §4.1.1: a cookie's name is a token, as a header's is. */
const cookieName = headerName;
const queryName = z.string().regex(/^[^\s&=#]+$/, 'expected the name of a query parameter');

const caller = z.union([
  z.string(),
  z.strictObject({ service: z.string(), version: z.string().optional() }),
]);

export const matchFields = {
  path: pathMatch.optional().meta({
    description: 'Path prefix, by segment: /a matches /a and /a/b; or {exact}, {regex}.',
  }),
  method: z
    .union([method, z.array(method).min(1)])
    .optional()
    .meta({ description: 'HTTP method, in capitals, or several.' }),
  headers: z
    .record(headerName, valueMatch)
    .optional()
    .meta({ description: 'Headers: the whole value, or {prefix}, {regex}, {present}.' }),
  query: z
    .record(queryName, valueMatch)
    .optional()
    .meta({ description: 'Query parameters, as they stand in the URL; of several the first.' }),
  cookies: z.record(cookieName, valueMatch).optional().meta({ description: 'Cookies, by name.' }),
  caller: caller.optional().meta({
    description: 'The calling service, or "gateway"; with {service, version} one version of it.',
  }),
};

export const match = z
  .strictObject(matchFields)
  .meta({ description: 'Which requests are meant; every given part must hold.' });

/** For places that know whose requests they are about: what is asked of the request alone. */
const { caller: _caller, ...requestFields } = matchFields;
export { requestFields };

export const requestOnlyMatch = z
  .strictObject(requestFields)
  .meta({ description: 'Which requests are meant; every given part must hold.' });

export type MatchInput = z.infer<typeof match>;
export type ValueMatchInput = z.infer<typeof valueMatch>;
