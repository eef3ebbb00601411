/** When a request is tried again, as the checked mesh says it. */
import { z } from 'zod';
import { matchCondition } from './request-match.ts';

const milliseconds = z.number().min(0);

export const retryOn = z.enum([
  '5xx',
  'gateway-error',
  'connect-failure',
  'reset',
  'reset-before-request',
  'retriable-4xx',
  'retriable-status-codes',
  'retriable-headers',
  'envoy-ratelimited',
  'refused-stream',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
]);

export const retry = z.object({
  attempts: z.number().int().min(0),
  perTryTimeout: milliseconds.optional(),
  /** Of a try, from when its request is whole to the end of its answer. */
  perTryIdleTimeout: milliseconds.exactOptional(),
  on: z.array(retryOn).min(1),
  /** For `retriable-status-codes`. */
  statusCodes: z.array(z.number().int()).exactOptional(),
  /** For `retriable-headers`: of the answer; one must fit. */
  headers: z.array(matchCondition).exactOptional(),
  /** Absent: as Envoy does, 25 ms and 250 ms. */
  backOff: z.object({ base: milliseconds, max: milliseconds }).exactOptional(),
  rateLimitedBackOff: z
    .object({
      /** In the order in which they are read. */
      resetHeaders: z.array(
        z.object({ name: z.string(), format: z.enum(['seconds', 'unixTimestamp']) }),
      ),
      max: milliseconds,
    })
    .exactOptional(),
  /** Absent: 256 KiB. */
  bufferBytes: z.number().int().min(0).exactOptional(),
  /** Absent: true. */
  ignorePreviousHosts: z.boolean().exactOptional(),
});

/** Tries beside each other; of the two ways at least one. */
export const hedge = z.object({
  /** After each, from when the request is whole, another try starts. */
  after: milliseconds.exactOptional(),
  /** So started, at most. */
  attempts: z.number().int().min(1),
  /** A try that is over its time goes on, and a retry starts beside it. */
  onPerTryTimeout: z.boolean().exactOptional(),
});

export type RetryOn = z.infer<typeof retryOn>;
export type Retry = z.infer<typeof retry>;
export type Hedge = z.infer<typeof hedge>;
