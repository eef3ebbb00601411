import { z } from 'zod';
import { dependency, serviceProtocol } from '../mesh.ts';
import { serviceMtlsSchema } from '../policies/mtls.ts';
import { container } from './container.ts';
import { healthThresholds } from './health-thresholds.ts';
import { labels } from './labels.ts';
import { placeFields } from './locality.ts';
import { stub } from './stub.ts';
import {
  duration,
  envName,
  envValue,
  name,
  port,
  programText,
  realPort,
  requestPath,
  runtime,
} from './scalars.ts';

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
  container: container.optional(),
  runtime: runtime.optional().meta({
    description: 'Which of the two runs; default: the container, where there is one.',
  }),
  workingFolder: programText.optional().meta({
    description: "Where the command runs; relative to the document's folder.",
    default: '.',
  }),
  env: z.record(envName, envValue).optional().meta({
    description: 'Environment variables, beside PORT and the addresses of the services it calls.',
  }),
  port: port.optional().meta({
    description:
      'Port that the program listens on, given to it as PORT; 0: any free one, and of a container the first that its image exposes.',
    default: 0,
  }),
  replicas: z.int().min(0).max(50).optional().meta({ description: 'Running copies.', default: 1 }),
  health: health.optional(),
  ...placeFields,
};

const alias = z
  .string()
  .regex(/^[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?$/, 'expected a name, such as "my_database"');

const surroundings = {
  calls: z.array(z.string()).optional().meta({ description: 'Names of the services it may call.' }),
  reaches: z.array(z.string()).optional().meta({
    description:
      'More services that it may call; the graph shows them only where there was traffic.',
  }),
  aliases: z
    .array(alias)
    .optional()
    .meta({ description: 'Other names that callers in containers know it by.' }),
  ports: z
    .array(
      z.union([
        realPort,
        z.strictObject({
          port: realPort,
          protocol: serviceProtocol.optional().meta({ description: 'Absent: found out.' }),
        }),
      ]),
    )
    .optional()
    .meta({ description: 'Ports that it listens on besides the first one.' }),
  publish: z
    .array(
      z.strictObject({
        port: realPort.optional().meta({ description: 'Of the service; absent: its first one.' }),
        hostPort: port.meta({ description: 'On this machine; 0: any free one.' }),
        host: programText
          .min(1)
          .optional()
          .meta({ description: 'Address to listen at.', default: '127.0.0.1' }),
      }),
    )
    .optional()
    .meta({ description: 'Ports of this machine that lead to it, through the gateway.' }),
  dependsOn: z
    .array(
      z.union([
        z.string(),
        z.strictObject({
          service: z.string(),
          condition: dependency.shape.condition.optional().meta({
            description: 'completed: it has run to its end, with exit code 0.',
            default: 'started',
          }),
        }),
      ]),
    )
    .optional()
    .meta({ description: 'What must have come about before it is started.' }),
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
    ...surroundings,
    versions: z
      .record(name, z.strictObject(workload).nullable())
      .optional()
      .meta({ description: 'Versions by name; what one leaves out is taken from the service.' }),
  })
  .meta({ description: 'A service that callers address by its name.' });

export type ServiceInput = z.infer<typeof service>;
export type SurroundingsInput = Pick<ServiceInput, keyof typeof surroundings>;
export type WorkloadInput = Omit<
  ServiceInput,
  keyof typeof surroundings | 'healthThresholds' | 'labels' | 'mtls' | 'protocol' | 'versions'
>;
