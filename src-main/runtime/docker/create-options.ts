/**
 * What the engine is asked to create for a workload, in the words of its API. Pure. The container joins
 * the network of its pod, so that what belongs to the network (its name, DNS, hosts, ports, `net.*`) is
 * the sidecar's.
 */
import type { ContainerCreateOptions, HostConfig, MountSettings } from 'dockerode';
import type { Milliseconds } from '../../base/units.ts';
import type { ContainerHealthcheck, ContainerMount, ContainerWorkload } from '../../spec/mesh.ts';

/** What comes from the mesh, not from the document's container. */
export interface Surroundings {
  /** Of the container. */
  readonly name: string;
  /** What to run: the id or name of an image that the engine has. */
  readonly image: string;
  /** `container:<id>`. */
  readonly networkMode: string;
  /** Below what the document says: addresses of the peers, PORT. */
  readonly env: Readonly<Record<string, string>>;
  /** Above what the document says. */
  readonly labels: Readonly<Record<string, string>>;
  /** Of volumes that the engine makes for it. */
  readonly volumeLabels: Readonly<Record<string, string>>;
}

const NANOS = 1_000_000;
/** As the engine counts processors. */
const NANO_CPUS = 1e9;

export function createOptions(
  workload: ContainerWorkload,
  around: Surroundings,
): ContainerCreateOptions {
  const { entrypoint, command, workingFolder, user, stopSignal, platform } = workload;
  return {
    name: around.name,
    Image: around.image,
    Env: envList({ ...around.env, ...workload.env }),
    Labels: { ...workload.labels, ...around.labels },
    Tty: workload.tty,
    OpenStdin: workload.stdinOpen,
    StopTimeout: Math.ceil(workload.stopGrace / 1000),
    HostConfig: hostConfig(workload, around),
    ...(platform !== undefined && { platform }),
    ...(entrypoint !== undefined && { Entrypoint: entrypoint }),
    ...(command !== undefined && { Cmd: command }),
    ...(workingFolder !== undefined && { WorkingDir: workingFolder }),
    ...(user !== undefined && { User: user }),
    ...(stopSignal !== undefined && { StopSignal: stopSignal }),
    ...healthcheckOf(workload.healthcheck),
  };
}

function hostConfig(workload: ContainerWorkload, around: Surroundings): HostConfig {
  const { memory, memoryReservation, cpus, pidsLimit, shmSize, oomScoreAdj } = workload;
  return {
    NetworkMode: around.networkMode,
    // Faultline starts it again itself, so that the wait and the reason are seen.
    RestartPolicy: { Name: 'no' },
    Mounts: workload.mounts.flatMap((one) => mountOf(one, around.volumeLabels)),
    Binds: workload.mounts.flatMap(bindOf),
    CapAdd: workload.capAdd,
    CapDrop: workload.capDrop,
    Privileged: workload.privileged,
    ReadonlyRootfs: workload.readOnly,
    Init: workload.init,
    SecurityOpt: workload.securityOpt,
    Sysctls: ownSysctls(workload),
    Ulimits: Object.entries(workload.ulimits).map(([Name, { soft, hard }]) => ({
      Name,
      Soft: soft,
      Hard: hard,
    })),
    Devices: workload.devices.map(deviceOf),
    ...(workload.groupAdd && { GroupAdd: workload.groupAdd }),
    ...(memory !== undefined && { Memory: memory }),
    ...(memoryReservation !== undefined && { MemoryReservation: memoryReservation }),
    ...(cpus !== undefined && { NanoCpus: Math.round(cpus * NANO_CPUS) }),
    ...(pidsLimit !== undefined && { PidsLimit: pidsLimit }),
    ...(shmSize !== undefined && { ShmSize: shmSize }),
    ...(oomScoreAdj !== undefined && { OomScoreAdj: oomScoreAdj }),
  };
}

/**
 * Binds that say more than the API's mounts can: SELinux labels are known to the old form alone.
 */
function bindOf({
  type,
  source,
  target,
  readOnly,
  selinux,
  propagation,
}: ContainerMount): string[] {
  if (type !== 'bind' || selinux === undefined) return [];
  const flags = [
    readOnly ? 'ro' : 'rw',
    selinux,
    ...(propagation === undefined ? [] : [propagation]),
  ];
  return [`${source ?? ''}:${target}:${flags.join(',')}`];
}

function mountOf(
  mount: ContainerMount,
  volumeLabels: Readonly<Record<string, string>>,
): MountSettings[] {
  const { type, source, target, readOnly } = mount;
  if (type === 'bind' && mount.selinux !== undefined) return [];
  const shared = { Target: target, Type: type, ReadOnly: readOnly };
  switch (type) {
    case 'bind':
      return [{ ...shared, Source: source ?? '', ...bindOptions(mount) }];
    case 'volume':
      return [{ ...shared, Source: source ?? '', ...volumeOptions(mount, volumeLabels) }];
    case 'tmpfs':
      return [{ ...shared, Source: '', ...tmpfsOptions(mount) }];
  }
}

function bindOptions({ createHostPath, propagation }: ContainerMount): object {
  if (createHostPath === undefined && propagation === undefined) return {};
  return {
    BindOptions: {
      ...(createHostPath !== undefined && { CreateMountpoint: createHostPath }),
      ...(propagation !== undefined && { Propagation: propagation }),
    },
  };
}

function volumeOptions(
  { noCopy, subpath }: ContainerMount,
  labels: Readonly<Record<string, string>>,
): object {
  return {
    VolumeOptions: {
      NoCopy: noCopy ?? false,
      Labels: labels,
      ...(subpath !== undefined && { Subpath: subpath }),
    },
  };
}

function tmpfsOptions({ size, mode }: ContainerMount): object {
  if (size === undefined && mode === undefined) return {};
  return {
    TmpfsOptions: {
      ...(size !== undefined && { SizeBytes: size }),
      ...(mode !== undefined && { Mode: mode }),
    },
  };
}

/** `host[:container[:permissions]]`. */
function deviceOf(text: string): {
  PathOnHost: string;
  PathInContainer: string;
  CgroupPermissions: string;
} {
  const [host = '', container = host, permissions = 'rwm'] = text.split(':');
  return { PathOnHost: host, PathInContainer: container, CgroupPermissions: permissions };
}

/** Nanoseconds; 0 is the engine's default. */
function healthcheckOf(check: ContainerHealthcheck | 'none' | undefined): object {
  if (check === undefined) return {};
  if (check === 'none') return { Healthcheck: { Test: ['NONE'] } };
  const nanos = (ms: Milliseconds): number => Math.round(ms * NANOS);
  return {
    Healthcheck: {
      Test: check.test,
      Interval: nanos(check.interval),
      Timeout: nanos(check.timeout),
      StartPeriod: nanos(check.startPeriod),
      Retries: check.retries,
      ...(check.startInterval !== undefined && { StartInterval: nanos(check.startInterval) }),
    },
  };
}

function envList(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

/** Those of the network are the sidecar's. */
function ownSysctls({ sysctls }: ContainerWorkload): Record<string, string> {
  return Object.fromEntries(Object.entries(sysctls).filter(([name]) => !name.startsWith('net.')));
}
