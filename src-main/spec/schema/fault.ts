import { z } from 'zod';
import { abortSchema } from '../policies/abort.ts';
import { delaySchema } from '../policies/delay.ts';
import { identitySchema } from '../policies/identity.ts';
import { partitionSchema } from '../policies/partition.ts';
import { nameNotFoundSchema } from '../policies/name-not-found.ts';
import { connectionRefusedSchema } from '../policies/connection-refused.ts';
import { downSchema } from '../policies/down.ts';
import { silenceSchema } from '../policies/silence.ts';
import { responseHeadersSchema } from '../policies/response-headers.ts';
import { corruptSchema } from '../policies/corrupt.ts';
import { truncateSchema } from '../policies/truncate.ts';
import { limitDataSchema } from '../policies/limit-data.ts';
import { bandwidthSchema } from '../policies/bandwidth.ts';
import { slicerSchema } from '../policies/slicer.ts';
import { slowCloseSchema } from '../policies/slow-close.ts';
import { resetPeerSchema } from '../policies/reset-peer.ts';
import { duration, headerName, name } from './scalars.ts';
import { match } from './match.ts';

const count = z.int().min(1, 'expected a whole number from 1');

export const wallTime = z.iso.datetime({
  offset: true,
  error: 'expected a time with its zone, such as "2026-11-21T09:30:00Z"',
});

function exactlyOne(given: object): boolean {
  return Object.values(given).filter((value) => value !== undefined).length === 1;
}

const sequence = z
  .strictObject({
    first: count.optional().meta({ description: 'The first so many, and none after them.' }),
    every: count.optional().meta({ description: 'One of so many: the last of them.' }),
    burst: z
      .strictObject({ length: count, every: count })
      .refine(({ length, every }) => length <= every, 'expected a length of at most "every"')
      .optional()
      .meta({ description: 'The first "length" out of "every".' }),
    window: z
      .strictObject({ from: duration, to: duration })
      .optional()
      .meta({ description: 'Those in a window of time, counted from when the fault was enabled.' }),
    failThenWork: z
      .strictObject({
        times: count,
        header: headerName.optional().meta({
          description: 'Counts by this header; without it by request id, so for each request.',
        }),
      })
      .optional()
      .meta({ description: 'The first tries of each request, so that a later retry works.' }),
  })
  .refine(exactlyOne, 'expected exactly one of first, every, burst, window, failThenWork')
  .meta({ description: 'Which of the matching requests, instead of any; the share is of these.' });

const schedule = z
  .strictObject({
    from: wallTime.optional().meta({ description: 'When it begins.' }),
    until: wallTime.optional().meta({ description: 'When it is over.' }),
    every: duration.optional().meta({ description: 'Again and again, so far apart.' }),
    duration: duration.optional().meta({ description: 'How long each time.' }),
  })
  .refine(
    ({ every, duration: each }) => (every === undefined) === (each === undefined),
    'expected "every" and "duration" together',
  )
  .refine((given) => Object.keys(given).length > 0, 'expected a time')
  .meta({ description: 'When it acts, by the clock on the wall.' });

/** When a fault acts, whatever it does. */
export const faultTimes = {
  duration: duration.optional().meta({
    description: 'How long it acts after it was enabled, or after the mesh was started.',
  }),
  schedule: schedule.optional(),
  expires: wallTime.optional().meta({
    description: 'From then on it does nothing, though it still stands here.',
  }),
};

export const fault = z
  .strictObject({
    name: name.meta({ description: 'Unique in the mesh; it stands in every hop that it touched.' }),
    enabled: z.boolean().optional().meta({ description: 'Whether it acts.', default: true }),
    from: z
      .string()
      .optional()
      .meta({ description: 'The caller, or "gateway"; absent: all callers.' }),
    fromVersion: z.string().optional().meta({ description: 'Only this version of the caller.' }),
    to: z.string().meta({ description: 'The called service.' }),
    toVersion: z.string().optional().meta({ description: 'Only this version of the service.' }),
    instance: z.string().optional().meta({ description: 'Only this instance of the service.' }),
    route: z.string().optional().meta({
      description: 'Only on the route of this name: of the gateway, or of the called service.',
    }),
    match: match.optional(),
    delay: delaySchema.optional(),
    partition: partitionSchema.optional(),
    nameNotFound: nameNotFoundSchema.optional(),
    connectionRefused: connectionRefusedSchema.optional(),
    down: downSchema.optional(),
    abort: abortSchema.optional(),
    identity: identitySchema.optional(),
    silence: silenceSchema.optional(),
    responseHeaders: responseHeadersSchema.optional(),
    corrupt: corruptSchema.optional(),
    truncate: truncateSchema.optional(),
    limitData: limitDataSchema.optional(),
    bandwidth: bandwidthSchema.optional(),
    slicer: slicerSchema.optional(),
    slowClose: slowCloseSchema.optional(),
    resetPeer: resetPeerSchema.optional(),
    random: z.boolean().optional().meta({
      description: 'Toss a coin for each request instead of an exact share.',
      default: false,
    }),
    stacking: z.enum(['independent', 'remainder']).optional().meta({
      description:
        'independent: it draws for itself (Envoy); remainder: only for requests that no other fault has touched (Kuma).',
      default: 'independent',
    }),
    sequence: sequence.optional(),
    ...faultTimes,
  })
  .meta({ description: 'Something that goes wrong on purpose.' });
