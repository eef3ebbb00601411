/** When a caller leaves an instance out that keeps failing its requests. */
import { z } from 'zod';
import { duration, percent } from '../schema/scalars.ts';
import type { OutlierDetection } from '../upstream.ts';
import type { PolicyInfo } from './policy.ts';

/** Envoy's. */
export const DEFAULT_OUTLIER_DETECTION: OutlierDetection = {
  consecutive5xx: 5,
  consecutiveGatewayErrors: 0,
  interval: 10_000,
  baseEjectionTime: 30_000,
  maxEjectionTime: 300_000,
  maxEjectionPercent: 10,
};
export const DEFAULT_SUCCESS_RATE = { minimumHosts: 5, requestVolume: 100, stdevFactor: 1900 };

const count = z.int().min(0);
const span = duration.refine((text) => Number.parseFloat(text) > 0, 'expected more than nothing');

const successRate = z
  .strictObject({
    minimumHosts: count.optional().meta({
      description: 'With fewer instances that had enough requests, nobody is compared.',
      default: DEFAULT_SUCCESS_RATE.minimumHosts,
    }),
    requestVolume: count.optional().meta({
      description: 'Requests in the interval that are enough.',
      default: DEFAULT_SUCCESS_RATE.requestVolume,
    }),
    stdevFactor: z.number().min(0).optional().meta({
      description: 'Thousandths of a standard deviation below the mean that are too many.',
      default: DEFAULT_SUCCESS_RATE.stdevFactor,
    }),
  })
  .meta({ description: 'Leaves out who fails more often than the others.' });

export const outlierDetectionSchema = z
  .strictObject({
    consecutive5xx: count
      .optional()
      .meta({ description: 'Failures in a row, no answer included; 0: do not count.', default: 5 }),
    consecutiveGatewayErrors: count
      .optional()
      .meta({ description: '502, 503 and 504 in a row; 0: do not count.', default: 0 }),
    consecutiveLocalOriginFailures: count.optional().meta({
      description:
        'No answer in a row (no connection, a reset, a timeout); absent: counted with the two others.',
    }),
    interval: span.optional().meta({
      description: 'Between two looks at success rates, and at who may come back.',
      default: '10s',
    }),
    baseEjectionTime: duration
      .optional()
      .meta({ description: 'Times the number of ejections.', default: '30s' }),
    maxEjectionTime: duration.optional().meta({ description: 'At most.', default: '5m' }),
    maxEjectionPercent: percent.optional().meta({
      description: 'Of the instances of a version; one may always be left out.',
      default: 10,
    }),
    successRate: successRate.optional(),
  })
  .meta({
    description: "Envoy's outlier detection: each caller's proxy judges by its own requests.",
  });

export const outlierDetection: PolicyInfo = {
  title: 'Outlier detection',
  description: 'Leaves an instance out for a while that keeps failing.',
  fault: false,
  schema: outlierDetectionSchema,
};
