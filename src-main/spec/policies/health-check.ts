/** Callers' proxies ask each instance whether it is well, beside the requests. */
import { z } from 'zod';
import { duration, requestPath } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const DEFAULT_ACTIVE_HEALTH_CHECK = {
  interval: 5_000,
  timeout: 1_000,
  jitter: 0,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};
export const DEFAULT_EXPECTED_STATUSES = [200];

const threshold = z.int().min(1).optional();
const span = duration.refine((text) => Number.parseFloat(text) > 0, 'expected more than nothing');

export const healthCheckSchema = z
  .strictObject({
    path: requestPath.optional().meta({ description: 'Asked with GET.' }),
    expectedStatuses: z
      .array(z.int().min(200).max(599))
      .min(1)
      .optional()
      .meta({ description: 'With a path: of an instance that is well.', default: [200] }),
    tcp: z.literal(true).optional().meta({ description: 'A connection can be made.' }),
    grpc: z
      .string()
      .optional()
      .meta({ description: 'grpc.health.v1: a service by name, or "" for the whole server.' }),
    interval: span.optional().meta({ description: 'Between two checks.', default: '5s' }),
    timeout: span.optional().meta({ description: 'For one check.', default: '1s' }),
    jitter: duration
      .optional()
      .meta({ description: 'Up to so much is added to each interval.', default: '0s' }),
    healthyThreshold: threshold.meta({
      description: 'Successes in a row after which it is asked again.',
      default: 2,
    }),
    unhealthyThreshold: threshold.meta({
      description: 'Failures in a row after which it is left out.',
      default: 3,
    }),
  })
  .meta({
    description:
      "Every caller's proxy checks each instance: by one of path, tcp and grpc, as requests are sent, mutual TLS included.",
  });

export const healthCheck: PolicyInfo = {
  title: 'Health check',
  description: "Callers' proxies ask instances whether they are well, and leave out who is not.",
  fault: false,
  schema: healthCheckSchema,
};
