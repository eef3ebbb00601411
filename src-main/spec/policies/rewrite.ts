/** Another path or host for the request that goes on. */
import { RE2JS } from 're2js';
import { z } from 'zod';
import { regex } from '../schema/match.ts';
import { authority, pathPrefix } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

/** A pattern that is none is told by itself. */
function hasGroups(given: { pattern: string; substitution: string }): boolean {
  const named = [...given.substitution.matchAll(/\\([0-9])/g)].map(([, group]) => Number(group));
  return Math.max(0, ...named) <= RE2JS.compile(given.pattern).groupCount();
}

const substitution = z
  .string()
  .regex(/^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@%]|\\[0-9])*$/, 'expected a path, with \\1 for a group');

export const rewriteSchema = z
  .strictObject({
    path: pathPrefix.optional().meta({ description: 'The whole path; the query stays.' }),
    prefix: pathPrefix
      .optional()
      .meta({ description: 'Instead of the prefix that the route matches by.' }),
    regex: z
      .strictObject({
        pattern: regex,
        substitution: substitution.meta({ description: 'With \\1 for the first group.' }),
      })
      .refine(hasGroups, 'the substitution names a group that the pattern has not')
      .optional()
      .meta({ description: 'For every place in the path where the pattern (RE2) is found.' }),
    host: authority.optional().meta({ description: 'The host that the service sees.' }),
  })
  .refine(
    ({ path, prefix, regex: pattern }) =>
      [path, prefix, pattern].filter((one) => one !== undefined).length <= 1,
    'expected one of path, prefix and regex',
  )
  .meta({ description: 'What the service is asked instead of what the caller asked.' });

export const rewrite: PolicyInfo = {
  title: 'Rewrite',
  description: 'Sends requests on with another path or host.',
  fault: false,
  schema: rewriteSchema,
};
