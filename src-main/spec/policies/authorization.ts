/** Who may call a service, by identity, method, path, host and headers. */
import { z } from 'zod';
import { headerName, headerValue, name } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

const PATTERN = 'expected a text with at most one "*", at its beginning or its end';

const pattern = z.string().regex(/^(?:\*|\*?[^*]+|[^*]+\*)$/, PATTERN);
const path = pattern.regex(/^[/*][^?#]*$/, 'expected a path that begins with "/" or "*"');
const values = headerValue.regex(/^(?:\*|\*?[^*]+|[^*]+\*)$/, PATTERN);

function oneOf<T extends z.ZodType>(item: T, description: string): z.ZodOptional<z.ZodArray<T>> {
  return z.array(item).min(1, 'expected at least one').optional().meta({ description });
}

const from = z
  .strictObject({
    services: oneOf(z.string(), 'Services of this mesh by their names, or "gateway".'),
    principals: oneOf(pattern, 'SPIFFE IDs, with or without "spiffe://".'),
    namespaces: oneOf(pattern, 'Kubernetes namespaces.'),
  })
  .meta({ description: 'Who calls; needs mutual TLS. Absent: anybody.' });

const to = z
  .strictObject({
    methods: oneOf(pattern, 'HTTP methods, in capitals.'),
    paths: oneOf(path, 'Paths without the query.'),
    hosts: oneOf(pattern, 'Hosts, without case.'),
  })
  .meta({ description: 'What is asked for. Absent: anything.' });

const when = z
  .strictObject({
    headers: z
      .record(headerName, z.array(values).min(1, 'expected at least one'))
      .optional()
      .meta({ description: 'Headers and the values that they may have; "*": it is there.' }),
  })
  .meta({ description: 'What else must hold.' });

const policy = z
  .strictObject({
    name: name.meta({ description: 'Unique in the mesh; it stands in every hop that it denied.' }),
    enabled: z.boolean().optional().meta({ description: 'Whether it acts.', default: true }),
    service: z.string().optional().meta({ description: 'The called service; absent: all.' }),
    action: z.enum(['allow', 'deny']).optional().meta({
      description:
        'deny goes first; where a service has an allow policy, what none of them fits is denied.',
      default: 'allow',
    }),
    dryRun: z.boolean().optional().meta({
      description: 'Only notes in the hops what it would deny.',
      default: false,
    }),
    from: from.optional(),
    to: to.optional(),
    when: when.optional(),
  })
  .meta({
    description:
      'Istio\'s AuthorizationPolicy. Texts may begin or end with a "*"; every given part must hold, and of the texts of a part one must.',
  });

export const authorizationSchema = z
  .strictObject({
    namesRule: z.boolean().optional().meta({
      description: 'Whether a denial says which rule it was, in the header x-faultline-denied-by.',
      default: true,
    }),
    policies: z.array(policy).meta({ description: 'In any order.' }),
  })
  .meta({ description: 'Who may call.' });

export type AuthorizationInput = z.infer<typeof authorizationSchema>;

export const authorization: PolicyInfo = {
  title: 'Authorization',
  description: 'Says who may call a service, and for what.',
  fault: false,
  schema: authorizationSchema,
};
