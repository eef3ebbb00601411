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
  at: z.enum(['connect', 'request']).exactOptional(),
});

const abort = z.object({
  status: z.number().int().min(200).max(599),
  percentage,
  /** Lower-case names. */
  headers: z.record(z.string(), z.string()).exactOptional(),
  body: z.string().exactOptional(),
  grpcStatus: z.number().int().min(0).max(16).exactOptional(),
  /** No answer: the connection breaks. */
  reset: z.enum(['beforeHead']).exactOptional(),
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

/** One key for each kind of fault. */
export const faultKinds = {
  delay: delay.optional(),
  abort: abort.optional(),
  identity: identity.optional(),
};

/** For whom, besides `from` and `to`; and which of them, and when. */
export const faultScope = {
  fromVersion: z.string().exactOptional(),
  toVersion: z.string().exactOptional(),
  instance: z.string().exactOptional(),
  route: z.string().exactOptional(),
  stacking: z.enum(['remainder']).exactOptional(),
  sequence: sequence.exactOptional(),
  /** Since it was enabled. */
  duration: milliseconds.exactOptional(),
  schedule: schedule.exactOptional(),
  expires: z.string().exactOptional(),
};
