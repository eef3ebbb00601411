/** What the checked mesh says of a container: as much of the Engine API as a service needs. */
import { z } from 'zod';

const milliseconds = z.number().min(0);
const bytes = z.number().int().min(0);
const texts = z.record(z.string(), z.string());

/** A name with its address, for /etc/hosts; `host-gateway` is the machine of the engine. */
export const extraHost = z.object({ name: z.string(), address: z.string() });

/** How an image is made. */
export const containerBuild = z.object({
  /** An absolute path, or the URL of a Git repository or an archive. */
  context: z.string(),
  /** Relative to the context, or absolute; absent: `Dockerfile`. */
  dockerfile: z.string().exactOptional(),
  /** The Dockerfile's text, instead of one in the context. */
  dockerfileInline: z.string().exactOptional(),
  args: texts,
  /** The stage to stop at; absent: the last one. */
  target: z.string().exactOptional(),
  labels: texts,
  cacheFrom: z.array(z.string()),
  /** More names of the built image. */
  tags: z.array(z.string()),
  /** Of the RUN steps: `host`, `none` or a network's name. */
  network: z.string().exactOptional(),
  extraHosts: z.array(extraHost),
  platform: z.string().exactOptional(),
  /** Of /dev/shm for the RUN steps. */
  shmSize: bytes.exactOptional(),
  noCache: z.boolean(),
  /** Base images are asked for anew, even where they are there. */
  pull: z.boolean(),
});

/** Something that appears in the container's file system. */
export const containerMount = z.object({
  type: z.enum(['bind', 'volume', 'tmpfs']),
  /** An absolute path of the host, or the volume's name; absent: a volume without a name, or tmpfs. */
  source: z.string().exactOptional(),
  /** Absolute, in the container. */
  target: z.string(),
  readOnly: z.boolean(),
  /** Of a tmpfs; absent: as much as the memory. */
  size: bytes.exactOptional(),
  /** Of a tmpfs: permissions, as a number (0o1777). */
  mode: z.number().int().exactOptional(),
  /** Of a volume: the folder in it. */
  subpath: z.string().exactOptional(),
  /** Of a bind: a missing folder is made on the host. */
  createHostPath: z.boolean().exactOptional(),
  /** Of a volume: it is not filled with what the image has at the target. */
  noCopy: z.boolean().exactOptional(),
  /** Of a bind: `rprivate`, `rshared`, …; absent: the engine's default. */
  propagation: z.string().exactOptional(),
  /** Of a bind, for SELinux: `z` shared, `Z` private. */
  selinux: z.enum(['z', 'Z']).exactOptional(),
});

/** A disk that can be full without harm to anything else. */
export function isSizedTmpfs({ type, size }: Pick<ContainerMount, 'type' | 'size'>): boolean {
  return type === 'tmpfs' && size !== undefined;
}

/** A file that is put into the container: a secret or a configuration. */
export const containerFile = z.object({
  /** Absolute, in the container. */
  target: z.string(),
  /** One of the two is given. */
  content: z.string().exactOptional(),
  /** An absolute path of the host. */
  source: z.string().exactOptional(),
  /** Permissions, as a number (0o444). */
  mode: z.number().int().exactOptional(),
  uid: z.number().int().exactOptional(),
  gid: z.number().int().exactOptional(),
});

/** The engine's own check inside the container. */
export const containerHealthcheck = z.object({
  /** `CMD` and the words of a program, or `CMD-SHELL` and one text for the image's shell. */
  test: z.array(z.string()).min(1),
  interval: milliseconds,
  timeout: milliseconds,
  /** Failures within it do not count. */
  startPeriod: milliseconds,
  /** Between two checks within `startPeriod`; absent: the engine's default. */
  startInterval: milliseconds.exactOptional(),
  /** Failures in a row that make it unhealthy. */
  retries: z.number().int().min(1),
});

export const restartPolicy = z.object({
  policy: z.enum(['no', 'always', 'onFailure', 'unlessStopped']),
  /** Of `onFailure`; absent: for ever. */
  attempts: z.number().int().min(0).exactOptional(),
});

/** An instance that is a container. */
export const containerWorkload = z.object({
  runtime: z.literal('docker'),
  /** With `build`, the name that the built image gets. */
  image: z.string(),
  build: containerBuild.exactOptional(),
  pull: z.enum(['missing', 'always', 'never', 'build']),
  /** `linux/arm64`; absent: the engine's own. */
  platform: z.string().exactOptional(),
  /** Instead of the image's; an empty list: none. */
  entrypoint: z.array(z.string()).exactOptional(),
  /** Instead of the image's; an empty list: none. */
  command: z.array(z.string()).exactOptional(),
  /** In the container; absent: the image's. */
  workingFolder: z.string().exactOptional(),
  env: texts,
  /** It is told the addresses of what it calls, and its own port, by variables (ORDERS_URL, PORT). */
  addresses: z.boolean(),
  /** `user`, `uid` or `uid:gid`; absent: the image's. */
  user: z.string().exactOptional(),
  groupAdd: z.array(z.string()).exactOptional(),
  mounts: z.array(containerMount),
  files: z.array(containerFile),
  capAdd: z.array(z.string()),
  capDrop: z.array(z.string()),
  privileged: z.boolean(),
  /** The image's file system cannot be written. */
  readOnly: z.boolean(),
  /** A first process that takes in orphans and passes signals on. */
  init: z.boolean(),
  tty: z.boolean(),
  stdinOpen: z.boolean(),
  shmSize: bytes.exactOptional(),
  ulimits: z.record(z.string(), z.object({ soft: z.number().int(), hard: z.number().int() })),
  sysctls: texts,
  securityOpt: z.array(z.string()),
  /** `host[:container[:rwm]]`. */
  devices: z.array(z.string()),
  labels: texts,
  /** `SIGQUIT`; absent: the image's, or SIGTERM. */
  stopSignal: z.string().exactOptional(),
  /** From the stop signal to SIGKILL. */
  stopGrace: milliseconds,
  extraHosts: z.array(extraHost),
  dns: z.array(z.string()).exactOptional(),
  hostname: z.string().exactOptional(),
  memory: bytes.exactOptional(),
  memoryReservation: bytes.exactOptional(),
  /** Cores: 0.5 is half of one. */
  cpus: z.number().min(0).exactOptional(),
  pidsLimit: z.number().int().exactOptional(),
  oomScoreAdj: z.number().int().exactOptional(),
  restart: restartPolicy,
  /** `none`: not even the image's; absent: the image's. */
  healthcheck: z.union([containerHealthcheck, z.literal('none')]).exactOptional(),
});

/** A volume with more to say than its name. */
export const containerVolume = z.object({
  /** As the engine knows it. */
  name: z.string(),
  driver: z.string().exactOptional(),
  options: texts,
  labels: texts,
  /** It is there already: Faultline makes no such volume, and never removes it. */
  external: z.boolean(),
});

export type ContainerBuild = z.infer<typeof containerBuild>;
export type ContainerMount = z.infer<typeof containerMount>;
export type ContainerFile = z.infer<typeof containerFile>;
export type ContainerHealthcheck = z.infer<typeof containerHealthcheck>;
export type ContainerWorkload = z.infer<typeof containerWorkload>;
export type ContainerVolume = z.infer<typeof containerVolume>;
export type RestartPolicy = z.infer<typeof restartPolicy>;
