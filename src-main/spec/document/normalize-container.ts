/** A container of the document to what it means: every default filled in, every path absolute. */
import { isAbsolute, resolve } from 'node:path';
import { parseDuration, parseSize } from '../../base/units.ts';
import type { Bytes, Milliseconds } from '../../base/units.ts';
import type {
  ContainerBuild,
  ContainerFile,
  ContainerHealthcheck,
  ContainerMount,
  ContainerVolume,
  ContainerWorkload,
  RestartPolicy,
} from '../container.ts';
import type { ContainerInput } from '../schema/container.ts';
import type { ContainerBuildInput } from '../schema/container-build.ts';
import type { ContainerFileInput, ContainerMountInput } from '../schema/container-mount.ts';
import type { VolumeInput } from '../schema/volume.ts';
import { splitWords } from './words.ts';

export const DEFAULT_STOP_GRACE = 10_000;

/** Docker's. */
export const DEFAULT_HEALTHCHECK = {
  interval: 30_000,
  timeout: 30_000,
  startPeriod: 0,
  retries: 3,
} as const;

/** What is left out of a container and stands elsewhere. */
export interface ContainerContext {
  /** Absolute; relative paths of the host are taken from there. */
  readonly folder: string;
  /** The name of an image that is built without one. */
  readonly builtName: string;
  /** The service's environment: the container's own wins. */
  readonly env: Readonly<Record<string, string>>;
}

/** Without an image and a build, the image is empty; a check says so. */
export function normalizeContainer(
  input: ContainerInput,
  { folder, builtName, env }: ContainerContext,
): ContainerWorkload {
  const { restart = 'always', stopGrace, user, mounts = [], files = [] } = input;
  return {
    runtime: 'docker',
    image: input.image ?? (input.build === undefined ? '' : builtName),
    ...(input.build !== undefined && { build: normalizeBuild(input.build, folder) }),
    pull: input.pull ?? 'missing',
    ...given(input, ['platform', 'workingFolder', 'stopSignal', 'hostname', 'dns']),
    ...given(input, ['cpus', 'pidsLimit', 'oomScoreAdj']),
    ...(input.entrypoint !== undefined && { entrypoint: wordsOf(input.entrypoint) }),
    ...(input.command !== undefined && { command: wordsOf(input.command) }),
    env: { ...env, ...texts(input.env) },
    addresses: input.addresses ?? true,
    ...(user !== undefined && { user: String(user) }),
    ...(input.groupAdd && { groupAdd: input.groupAdd.map(String) }),
    mounts: mounts.map((mount) => normalizeMount(mount, folder)),
    files: files.map((file) => normalizeFile(file, folder)),
    ...rightsOf(input),
    init: input.init ?? false,
    tty: input.tty ?? false,
    stdinOpen: input.stdinOpen ?? false,
    ...sizes(input, ['memory', 'memoryReservation', 'shmSize']),
    ulimits: normalizeUlimits(input.ulimits),
    sysctls: texts(input.sysctls),
    labels: texts(input.labels),
    stopGrace: stopGrace === undefined ? DEFAULT_STOP_GRACE : ms(stopGrace),
    extraHosts: hostsOf(input.extraHosts),
    restart: normalizeRestart(restart),
    ...(input.healthcheck !== undefined && { healthcheck: normalizeCheck(input.healthcheck) }),
  };
}

/** Of the document's list of volumes. */
export function normalizeVolume([name, input]: [string, VolumeInput | null]): ContainerVolume {
  const { driver, options, labels, external = false } = input ?? {};
  return {
    name,
    ...(driver !== undefined && { driver }),
    options: texts(options),
    labels: texts(labels),
    external,
  };
}

function rightsOf({
  capAdd = [],
  capDrop = [],
  privileged = false,
  readOnly = false,
  securityOpt = [],
  devices = [],
}: ContainerInput): Pick<
  ContainerWorkload,
  'capAdd' | 'capDrop' | 'devices' | 'privileged' | 'readOnly' | 'securityOpt'
> {
  return { capAdd, capDrop, privileged, readOnly, securityOpt, devices };
}

function normalizeBuild(input: ContainerBuildInput, folder: string): ContainerBuild {
  const build = typeof input === 'string' ? { context: input } : input;
  const { context = '.', args, labels, cacheFrom = [], tags = [], extraHosts } = build;
  return {
    context: isUrl(context) ? context : absolute(context, folder),
    ...given(build, ['dockerfile', 'dockerfileInline', 'target', 'network', 'platform']),
    args: texts(args),
    labels: texts(labels),
    cacheFrom,
    tags,
    extraHosts: hostsOf(extraHosts),
    ...sizes(build, ['shmSize']),
    noCache: build.noCache ?? false,
    pull: build.pull ?? false,
  };
}

/** What Docker takes for the context of another machine. */
function isUrl(context: string): boolean {
  return /^(https?|git|ssh):\/\/|^git@|^github\.com\//.test(context);
}

function normalizeMount(mount: ContainerMountInput, folder: string): ContainerMount {
  const { type, source, target, readOnly = false, mode } = mount;
  const path = type === 'bind' && source !== undefined ? absolute(source, folder) : source;
  return {
    type,
    ...(path !== undefined && { source: path }),
    target,
    readOnly,
    ...sizes(mount, ['size']),
    ...(mode !== undefined && { mode: modeOf(mode) }),
    ...given(mount, ['subpath', 'createHostPath', 'noCopy', 'propagation', 'selinux']),
  };
}

function normalizeFile(file: ContainerFileInput, folder: string): ContainerFile {
  const { target, source, mode } = file;
  return {
    target,
    ...given(file, ['content', 'uid', 'gid']),
    ...(source !== undefined && { source: absolute(source, folder) }),
    ...(mode !== undefined && { mode: modeOf(mode) }),
  };
}

/** `0644`, `0o644` and YAML's own number are the same. */
function modeOf(mode: number | string): number {
  return typeof mode === 'number' ? mode : Number.parseInt(mode.replace(/^0?o?/, ''), 8);
}

type HealthcheckInput = NonNullable<ContainerInput['healthcheck']>;

function normalizeCheck(input: HealthcheckInput): ContainerHealthcheck | 'none' {
  if (input === 'none') return input;
  const { test, interval, timeout, startPeriod, startInterval, retries } = input;
  const time = (text: string | undefined, usual: Milliseconds): Milliseconds =>
    text === undefined ? usual : ms(text);
  return {
    test: typeof test === 'string' ? ['CMD-SHELL', test] : ['CMD', ...test],
    interval: time(interval, DEFAULT_HEALTHCHECK.interval),
    timeout: time(timeout, DEFAULT_HEALTHCHECK.timeout),
    startPeriod: time(startPeriod, DEFAULT_HEALTHCHECK.startPeriod),
    ...(startInterval !== undefined && { startInterval: ms(startInterval) }),
    retries: retries ?? DEFAULT_HEALTHCHECK.retries,
  };
}

function normalizeRestart(input: NonNullable<ContainerInput['restart']>): RestartPolicy {
  if (typeof input === 'string') return { policy: input };
  return { policy: input.policy, ...given(input, ['attempts']) };
}

function normalizeUlimits(input: ContainerInput['ulimits'] = {}): ContainerWorkload['ulimits'] {
  return Object.fromEntries(
    Object.entries(input).map(([name, limit]) => [
      name,
      typeof limit === 'number' ? { soft: limit, hard: limit } : limit,
    ]),
  );
}

function hostsOf(
  input: Readonly<Record<string, string>> = {},
): { name: string; address: string }[] {
  return Object.entries(input).map(([name, address]) => ({ name, address }));
}

/** Empty where a quote is open; a check says so. */
function wordsOf(words: string | string[]): string[] {
  return typeof words === 'string' ? (splitWords(words) ?? []) : words;
}

/** Numbers and switches as they are written. */
function texts(
  values: Readonly<Record<string, string | number | boolean>> = {},
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}

type Given<T, K extends keyof T> = { [Key in K]?: Exclude<T[Key], undefined> };

/** Those of the keys that have a value. */
function given<T extends object, K extends keyof T>(input: T, keys: readonly K[]): Given<T, K> {
  return Object.fromEntries(
    keys.filter((key) => input[key] !== undefined).map((key) => [key, input[key]]),
  ) as Given<T, K>;
}

/** Those of the keys that have a value, in bytes; the schema has let them through. */
function sizes<K extends string>(
  input: { readonly [Key in K]?: number | string | undefined },
  keys: readonly K[],
): { [Key in K]?: Bytes } {
  return Object.fromEntries(
    Object.entries<number | string>(given(input, keys) as Record<string, number | string>).map(
      ([key, value]) => [key, typeof value === 'number' ? value : parseSize(value)],
    ),
  ) as { [Key in K]?: Bytes };
}

function absolute(path: string, folder: string): string {
  return isAbsolute(path) ? path : resolve(folder, path);
}

/** A duration that the schema has let through. */
function ms(text: string): Milliseconds {
  return parseDuration(text) as Milliseconds;
}
