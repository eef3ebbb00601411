/** Which instance of a version a request goes to. */
import { z } from 'zod';
import { localitySchema } from '../schema/locality.ts';
import { cookieName, duration, headerName, percent, requestPath } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

const hash = z
  .strictObject({
    header: headerName.optional().meta({ description: 'A header, by its name.' }),
    cookie: cookieName.optional().meta({ description: 'A cookie, by its name.' }),
    ttl: duration.optional().meta({
      description:
        'With a cookie: a caller without one is given one for so long; "0s": for its session. Absent: it is given none.',
    }),
    path: requestPath
      .optional()
      .meta({ description: 'With a cookie: of the paths that it is sent with.', default: '/' }),
    source: z
      .literal('address')
      .optional()
      .meta({ description: 'The address that the request came from.' }),
  })
  .meta({ description: 'What requests are told apart by: one of header, cookie and source.' });

const slowStart = z
  .strictObject({
    window: duration.meta({ description: 'From when an instance comes to its full share.' }),
    aggression: z.number().positive().optional().meta({
      description: 'How the share grows: 1 evenly, above 1 faster at the beginning.',
      default: 1,
    }),
    minWeightPercent: percent
      .optional()
      .meta({ description: 'Of its full share, from the beginning.', default: 10 }),
  })
  .meta({ description: 'An instance that has just come gets its share little by little.' });

export const algorithm = z.enum(['roundRobin', 'leastRequest', 'random', 'maglev', 'ringHash']);

export const loadBalancingSchema = z
  .union([
    algorithm,
    z.strictObject({
      algorithm: algorithm
        .optional()
        .meta({ description: "Envoy's algorithm.", default: 'roundRobin, with a hash maglev' }),
      hash: hash.optional(),
      slowStart: slowStart.optional(),
      locality: localitySchema.optional(),
      panicThreshold: percent.optional().meta({
        description:
          'With fewer of the instances of a priority well, all are asked (Envoy); 0: never.',
        default: 50,
      }),
    }),
  ])
  .meta({ description: 'Which instance a request goes to: an algorithm, or the details.' });

export const loadBalancing: PolicyInfo = {
  title: 'Load balancing',
  description: 'Chooses the instance: in turn, the least busy one, by chance, or always the same.',
  fault: false,
  schema: loadBalancingSchema,
};
