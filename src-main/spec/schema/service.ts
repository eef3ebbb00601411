import { z } from 'zod';
import { serviceProtocol } from '../mesh.ts';
import { serviceMtlsSchema } from '../policies/mtls.ts';
import { healthThresholds } from './health-thresholds.ts';
import { labels } from './labels.ts';
import { placeFields } from './locality.ts';
import { stub } from './stub.ts';
import { duration, envName, envValue, name, port, programText, requestPath } from './scalars.ts';

const health = z
  .union([
    requestPath,
    z.strictObject({
      path: requestPath
        .optional()
        .meta({ description: 'Must answer 2xx or 3xx; absent: the port accepts.' }),
      interval: duration.optional().meta({ description: 'Between two checks.', default: '5s' }),
      timeout: duration.optional().meta({ description: 'For one check.', default: '1s' }),
      startTimeout: duration
        .optional()
        .meta({ description: 'For the first success after the start.', default: '20s' }),
      unhealthyThreshold: z
        .int()
        .min(1)
        .optional()
        .meta({ description: 'Failures in a row that make it unhealthy.', default: 3 }),
    }),
  ])
  .meta({ description: 'How to see that an instance is well: a path, or the details.' });

const workload = {
  command: z
    .union([programText.min(1), z.array(programText).min(1)])
    .optional()
    .meta({
      description: 'Program and arguments, as one text (split at blanks, no shell) or as a list.',
    }),
  stub: stub.optional(),
  workingFolder: programText.optional().meta({
    description: "Where the command runs; relative to the document's folder.",
    default: '.',
  }),
  env: z.record(envName, envValue).optional().meta({
    description: 'Environment variables, beside PORT and the addresses of the services it calls.',
  }),
  port: port.optional().meta({
    description: 'Port that the program listens on, given to it as PORT; 0: any free one.',
    default: 0,
  }),
  replicas: z.int().min(0).max(50).optional().meta({ description: 'Running copies.', default: 1 }),
  health: health.optional(),
  ...placeFields,
};

export const service = z
  .strictObject({
    ...workload,
    protocol: serviceProtocol.optional().meta({
      description:
        'What its port speaks; absent: found out from the first bytes of each connection.',
    }),
    mtls: serviceMtlsSchema.optional(),
    labels: labels.optional(),
    healthThresholds: healthThresholds.optional(),
    calls: z
      .array(z.string())
      .optional()
      .meta({ description: 'Names of the services it may call.' }),
    versions: z
      .record(name, z.strictObject(workload).nullable())
      .optional()
      .meta({ description: 'Versions by name; what one leaves out is taken from the service.' }),
  })
  .meta({ description: 'A service that callers address by its name.' });

export type ServiceInput = z.infer<typeof service>;
export type WorkloadInput = Omit<
  ServiceInput,
  'calls' | 'healthThresholds' | 'labels' | 'mtls' | 'protocol' | 'versions'
>;
