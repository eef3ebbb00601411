/** The checked fault: what goes wrong on purpose, for whom, how often and when. Part of `mesh.ts`. */
import { z } from 'zod';
import { distribution } from './distribution.ts';

const milliseconds = z.number().min(0);
const percentage = z.number().min(0).max(100);
const count = z.number().int().min(1);

/** Which of the matching tries, in their order. */
export const sequence = z.union([
  z.object({ first: count }),
  z.object({ every: count }),
  z.object({ burst: z.object({ length: count, every: count }) }),
  /** Since it was enabled. */
  z.object({ window: z.object({ from: milliseconds, to: milliseconds }) }),
  /** `header`: lower-case name; absent: the request's id. */
  z.object({ failThenWork: z.object({ times: count, header: z.string().exactOptional() }) }),
]);

/** Wall times as ISO 8601 texts. */
export const schedule = z.object({
  from: z.string().exactOptional(),
  until: z.string().exactOptional(),
  every: milliseconds.exactOptional(),
  duration: milliseconds.exactOptional(),
});

const delay = z.object({
  /** Fixed, or what is typical of the distribution. */
  duration: milliseconds,
  percentage,
  distribution: distribution.exactOptional(),
  /** Absent: `request`. */
  at: z.enum(['connect', 'request', 'chunk']).exactOptional(),
});

const abort = z.object({
  status: z.number().int().min(200).max(599),
  percentage,
  /** Lower-case names. */
  headers: z.record(z.string(), z.string()).exactOptional(),
  body: z.string().exactOptional(),
  grpcStatus: z.number().int().min(0).max(16).exactOptional(),
  /** No answer: the connection breaks. */
  reset: z.enum(['beforeHead', 'afterHead', 'midBody']).exactOptional(),
});

export const identityFlaw = z.enum([
  'expired',
  'notYetValid',
  'wrongSpiffeId',
  'unknownCa',
  'missingChain',
  'plainText',
]);

const identity = z.object({
  shows: identityFlaw,
  /** Who shows it: the caller, or the called service. */
  side: z.enum(['client', 'server']),
  percentage,
});

const direction = z.enum(['up', 'down']);
const bytes = z.number().int().min(0);
const rate = z.number().int().min(1);

/** One key for each kind of fault; `proxy/config/fault.ts` says what each means. */
export const faultKinds = {
  delay: delay.optional(),
  /** Others on either side, besides `from` and `to`. */
  partition: z
    .object({ fromAlso: z.array(z.string()), toAlso: z.array(z.string()), percentage })
    .optional(),
  nameNotFound: z.object({ percentage }).optional(),
  connectionRefused: z.object({ percentage }).optional(),
  down: z.object({ percentage }).optional(),
  silence: z.object({ duration: milliseconds, percentage }).optional(),
  abort: abort.optional(),
  identity: identity.optional(),
  responseHeaders: z
    .object({ set: z.record(z.string(), z.string()), remove: z.array(z.string()), percentage })
    .optional(),
  corrupt: z
    .object({
      direction,
      /** Per cent of the bytes. */
      bytes: z.number().min(0).max(100),
      at: z.array(bytes),
      percentage,
    })
    .optional(),
  truncate: z.object({ bytes, percentage }).optional(),
  limitData: z
    .object({ direction, bytes, then: z.enum(['close', 'reset']), percentage })
    .optional(),
  bandwidth: z
    .object({ up: rate.exactOptional(), down: rate.exactOptional(), percentage })
    .optional(),
  slicer: z
    .object({ direction, size: rate, variation: bytes, delay: milliseconds, percentage })
    .optional(),
  slowClose: z.object({ delay: milliseconds, percentage }).optional(),
  resetPeer: z.object({ after: milliseconds, percentage }).optional(),
};

/** When a fault acts, whatever it does. */
const faultTimes = {
  /** Since it was enabled. */
  duration: milliseconds.exactOptional(),
  schedule: schedule.exactOptional(),
  expires: z.string().exactOptional(),
};

/** For whom, besides `from` and `to`; and which of them, and when. */
export const faultScope = {
  fromVersion: z.string().exactOptional(),
  toVersion: z.string().exactOptional(),
  instance: z.string().exactOptional(),
  route: z.string().exactOptional(),
  stacking: z.enum(['remainder']).exactOptional(),
  sequence: sequence.exactOptional(),
  ...faultTimes,
};

/** In the field's words, as Chaos Mesh has them. */
export const instanceAction = z.enum([
  'kill',
  'pause',
  'restart',
  'throttle',
  'memoryPressure',
  'clockSkew',
  'netem',
  'partition',
  'diskFull',
]);

/** What happens to instances themselves. */
export const instanceFault = z.object({
  /** Unique among these. */
  name: z.string(),
  enabled: z.boolean(),
  service: z.string(),
  version: z.string().exactOptional(),
  /** Of each version. */
  index: z.number().int().min(0).exactOptional(),
  action: instanceAction,
  /** Of the time that a throttled one runs. */
  share: z.number().min(1).max(99),
  /** Of memory that one under pressure may take besides what it has when the fault begins. */
  headroomBytes: z.number().int().min(0),
  /** By how much a skewed clock is ahead; below 0: behind. */
  offset: z.number(),
  /** Of `netem`: how late packets are that leave its pod, and by how much that varies. */
  delay: milliseconds.exactOptional(),
  jitter: milliseconds.exactOptional(),
  /** Of `netem`, per cent of the packets: lost, or sent at once past those that are late. */
  loss: percentage.exactOptional(),
  reorder: percentage.exactOptional(),
  /** Of `partition`: services whose packets get through in neither direction; absent: everybody's. */
  from: z.array(z.string()).exactOptional(),
  /** Of `diskFull`: the tmpfs; absent: all that have a size. */
  folder: z.string().exactOptional(),
  ...faultTimes,
});
export type InstanceFault = z.infer<typeof instanceFault>;
