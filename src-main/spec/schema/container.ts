/** A container of the document: how an instance runs in an engine such as Docker's. */
import { z } from 'zod';
import { parseDuration } from '../../base/units.ts';
import { restartPolicy } from '../container.ts';
import { containerBuild } from './container-build.ts';
import { containerFile, containerMount } from './container-mount.ts';
import { duration, envName, envValue, programText, size } from './scalars.ts';

const words = z.union([programText, z.array(programText)]);

/** The engine takes less than a millisecond for none. */
const span = duration.refine((text) => (parseDuration(text) ?? 0) >= 1, 'expected at least 1ms');

const healthcheck = z
  .union([
    z.literal('none'),
    z.strictObject({
      test: z.union([programText.min(1), z.array(programText).min(1)]).meta({
        description: 'A text for the shell of the image, or a program and its arguments.',
      }),
      interval: span.optional().meta({ description: 'Between two checks.', default: '30s' }),
      timeout: span.optional().meta({ description: 'For one check.', default: '30s' }),
      startPeriod: duration
        .optional()
        .meta({ description: 'Failures within it do not count.', default: '0s' }),
      startInterval: span
        .optional()
        .meta({ description: 'Between two checks within startPeriod.' }),
      retries: z
        .int()
        .min(1)
        .optional()
        .meta({ description: 'Failures in a row that make it unhealthy.', default: 3 }),
    }),
  ])
  .meta({
    description: "The engine's check inside the container, instead of the image's; or none.",
  });

const ulimit = z.union([
  z.int().min(-1),
  z.strictObject({ soft: z.int().min(-1), hard: z.int().min(-1) }),
]);

const restart = z
  .union([
    restartPolicy.shape.policy,
    z.strictObject({
      policy: restartPolicy.shape.policy,
      attempts: z.int().min(0).optional().meta({ description: 'Of onFailure; absent: for ever.' }),
    }),
  ])
  .meta({ description: 'When it is started again after its end.', default: 'always' });

/** What it is made of, and what it runs. */
const program = {
  image: programText.min(1).optional().meta({
    description: 'Reference of the image; with a build, the name that the built one gets.',
  }),
  build: containerBuild.optional(),
  pull: z
    .enum(['missing', 'always', 'never', 'build'])
    .optional()
    .meta({ description: 'When the image is asked for.', default: 'missing' }),
  platform: programText
    .min(1)
    .optional()
    .meta({ description: "Such as linux/arm64; absent: the engine's own." }),
  entrypoint: words.optional().meta({
    description: "Instead of the image's, as one text (split at blanks, no shell) or as a list.",
  }),
  command: words.optional().meta({
    description: "Instead of the image's, as one text (split at blanks, no shell) or as a list.",
  }),
  workingFolder: programText
    .min(1)
    .optional()
    .meta({ description: "In the container; absent: the image's." }),
  env: z
    .record(envName, envValue)
    .optional()
    .meta({ description: "Environment variables of the container, beside the service's." }),
  addresses: z.boolean().optional().meta({
    description:
      'Whether variables tell it the addresses of what it calls, and its own port, as they tell programs.',
    default: true,
  }),
  user: z
    .union([programText.min(1), z.int().min(0)])
    .optional()
    .meta({ description: "A user, a uid or uid:gid; absent: the image's." }),
  groupAdd: z
    .array(z.union([programText.min(1), z.int().min(0)]))
    .optional()
    .meta({ description: 'More groups of the user.' }),
  init: z.boolean().optional().meta({
    description: 'A first process that takes in orphans and passes signals on.',
    default: false,
  }),
  tty: z.boolean().optional().meta({ description: 'A terminal.', default: false }),
  stdinOpen: z.boolean().optional().meta({ description: 'An open stdin.', default: false }),
  stopSignal: z
    .string()
    .regex(/^(SIG[A-Z0-9+-]+|\d{1,2})$/, 'expected a signal, such as "SIGQUIT"')
    .optional()
    .meta({ description: "What ends it gently; absent: the image's, or SIGTERM." }),
  stopGrace: duration
    .optional()
    .meta({ description: 'From the stop signal to SIGKILL.', default: '10s' }),
  restart: restart.optional(),
  healthcheck: healthcheck.optional(),
};

const capability = z
  .string()
  .regex(/^(CAP_)?[A-Z_]+$/, 'expected a capability, such as "NET_BIND_SERVICE"');

/** What it may and may not. */
const rights = {
  capAdd: z.array(capability).optional().meta({ description: 'Capabilities that it gets.' }),
  capDrop: z.array(capability).optional().meta({ description: 'Capabilities that it loses.' }),
  privileged: z.boolean().optional().meta({ description: 'All rights.', default: false }),
  readOnly: z
    .boolean()
    .optional()
    .meta({ description: "The image's file system cannot be written.", default: false }),
  securityOpt: z
    .array(programText.min(1))
    .optional()
    .meta({ description: 'Options of the security modules, such as no-new-privileges:true.' }),
  devices: z
    .array(programText.min(1))
    .optional()
    .meta({ description: 'Devices of the host, as host[:container[:rwm]].' }),
};

/** How much it may have. */
const resources = {
  memory: size.optional().meta({ description: 'Most of memory; above, it is killed.' }),
  memoryReservation: size.optional().meta({ description: 'Of memory, when the host has little.' }),
  cpus: z.number().min(0).optional().meta({ description: 'Cores: 0.5 is half of one.' }),
  pidsLimit: z.int().min(-1).optional().meta({ description: 'Processes; -1: no limit.' }),
  oomScoreAdj: z
    .int()
    .min(-1000)
    .max(1000)
    .optional()
    .meta({ description: 'Who is killed first where memory is out.' }),
  shmSize: size.optional().meta({ description: 'Of /dev/shm.' }),
  ulimits: z
    .record(z.string(), ulimit)
    .optional()
    .meta({ description: 'Limits of processes, such as nofile; -1: none.' }),
  sysctls: z
    .record(z.string(), z.union([programText, z.number()]))
    .optional()
    .meta({ description: "Kernel parameters of the container's own namespaces." }),
};

/** What it sees around it. */
const surroundings = {
  mounts: z
    .array(containerMount)
    .optional()
    .meta({ description: 'Folders of the host, volumes, and file systems in memory.' }),
  files: z
    .array(containerFile)
    .optional()
    .meta({ description: 'Files that are put into it: secrets and configurations.' }),
  labels: z
    .record(z.string(), z.union([programText, z.number(), z.boolean()]))
    .optional()
    .meta({ description: 'Labels for the engine.' }),
  extraHosts: z
    .record(z.string(), programText.min(1))
    .optional()
    .meta({ description: 'More names in /etc/hosts, with their addresses or host-gateway.' }),
  dns: z.array(programText.min(1)).optional().meta({ description: 'Name servers.' }),
  hostname: programText.min(1).optional().meta({ description: 'What it calls itself.' }),
};

export const container = z
  .strictObject({ ...program, ...surroundings, ...rights, ...resources })
  .meta({ description: 'How it runs as a container.' });

export type ContainerInput = z.infer<typeof container>;
