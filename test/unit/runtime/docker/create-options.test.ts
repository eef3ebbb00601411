import { describe, expect, it } from 'vitest';
import { createOptions } from '../../../../src-main/runtime/docker/create-options.ts';
import type { ContainerWorkload } from '../../../../src-main/spec/mesh.ts';
import { PLAIN_WORKLOAD } from '../../../support/docker/plain-workload.ts';

const AROUND = {
  name: 'faultline-app',
  image: 'sha256:1',
  networkMode: 'container:pod1',
  env: { PORT: '80', DB_URL: 'http://db:5432' },
  labels: { 'faultline.mesh': '/m.yaml' },
  volumeLabels: { 'faultline.role': 'volume' },
};

const options = (more: Partial<ContainerWorkload>) =>
  createOptions({ ...PLAIN_WORKLOAD, ...more }, AROUND);

describe('what is created for a workload', () => {
  it('joins the network of its pod, and is started again by Faultline alone', () => {
    const created = options({});
    expect(created).toMatchObject({
      name: 'faultline-app',
      Image: 'sha256:1',
      HostConfig: { NetworkMode: 'container:pod1', RestartPolicy: { Name: 'no' } },
    });
    // The engine refuses these beside the network of another container.
    for (const key of ['Hostname', 'ExposedPorts']) expect(created).not.toHaveProperty(key);
    for (const key of ['Dns', 'ExtraHosts', 'PortBindings']) {
      expect(created.HostConfig).not.toHaveProperty(key);
    }
  });

  it('has the environment of the mesh below its own, and the labels of Faultline above', () => {
    const created = options({
      env: { PORT: '3000', A: '1' },
      labels: { 'faultline.mesh': 'x', b: 'c' },
    });
    expect(created.Env).toEqual(['PORT=3000', 'DB_URL=http://db:5432', 'A=1']);
    expect(created.Labels).toEqual({ 'faultline.mesh': '/m.yaml', b: 'c' });
  });

  it('leaves to the image what is not given, and gives an empty list as none', () => {
    expect(options({})).not.toHaveProperty('Cmd');
    expect(options({})).not.toHaveProperty('Entrypoint');
    expect(options({ entrypoint: [], command: ['a', 'b'] })).toMatchObject({
      Entrypoint: [],
      Cmd: ['a', 'b'],
    });
  });

  it('has user, working folder, groups, capabilities, terminal and init', () => {
    const created = options({
      user: '1000:1000',
      workingFolder: '/srv',
      groupAdd: ['audio'],
      capAdd: ['SYS_PTRACE'],
      capDrop: ['ALL'],
      tty: true,
      stdinOpen: true,
      init: true,
      readOnly: true,
      privileged: true,
      securityOpt: ['no-new-privileges:true'],
      stopSignal: 'SIGQUIT',
      stopGrace: 1500,
      platform: 'linux/arm64',
    });
    expect(created).toMatchObject({
      User: '1000:1000',
      WorkingDir: '/srv',
      Tty: true,
      OpenStdin: true,
      StopSignal: 'SIGQUIT',
      StopTimeout: 2,
      platform: 'linux/arm64',
      HostConfig: {
        GroupAdd: ['audio'],
        CapAdd: ['SYS_PTRACE'],
        CapDrop: ['ALL'],
        Init: true,
        ReadonlyRootfs: true,
        Privileged: true,
        SecurityOpt: ['no-new-privileges:true'],
      },
    });
  });

  it('has limits in the units of the engine', () => {
    const created = options({
      memory: 64 * 1024 * 1024,
      memoryReservation: 1024,
      cpus: 0.5,
      pidsLimit: 100,
      shmSize: 2048,
      oomScoreAdj: 500,
      ulimits: { nofile: { soft: 1, hard: 2 } },
    });
    expect(created.HostConfig).toMatchObject({
      Memory: 67_108_864,
      MemoryReservation: 1024,
      NanoCpus: 500_000_000,
      PidsLimit: 100,
      ShmSize: 2048,
      OomScoreAdj: 500,
      Ulimits: [{ Name: 'nofile', Soft: 1, Hard: 2 }],
    });
  });

  it('mounts folders, volumes and memory', () => {
    const { HostConfig } = options({
      mounts: [
        { type: 'bind', source: '/a', target: '/b', readOnly: true, createHostPath: true },
        { type: 'volume', source: 'data', target: '/data', readOnly: false, subpath: 'x' },
        { type: 'tmpfs', target: '/tmp', readOnly: false, size: 1024, mode: 0o1777 },
        { type: 'bind', source: '/c', target: '/d', readOnly: false, selinux: 'Z' },
      ],
    });
    expect(HostConfig?.Mounts).toEqual([
      {
        Target: '/b',
        Type: 'bind',
        ReadOnly: true,
        Source: '/a',
        BindOptions: { CreateMountpoint: true },
      },
      {
        Target: '/data',
        Type: 'volume',
        ReadOnly: false,
        Source: 'data',
        VolumeOptions: { NoCopy: false, Labels: { 'faultline.role': 'volume' }, Subpath: 'x' },
      },
      {
        Target: '/tmp',
        Type: 'tmpfs',
        ReadOnly: false,
        Source: '',
        TmpfsOptions: { SizeBytes: 1024, Mode: 0o1777 },
      },
    ]);
    expect(HostConfig?.Binds).toEqual(['/c:/d:rw,Z']);
  });

  it('has devices with what may be done with them', () => {
    expect(options({ devices: ['/dev/snd', '/dev/a:/dev/b:r'] }).HostConfig?.Devices).toEqual([
      { PathOnHost: '/dev/snd', PathInContainer: '/dev/snd', CgroupPermissions: 'rwm' },
      { PathOnHost: '/dev/a', PathInContainer: '/dev/b', CgroupPermissions: 'r' },
    ]);
  });

  it('has a healthcheck in nanoseconds, or none at all', () => {
    const healthcheck = {
      test: ['CMD', 'pg_isready'],
      interval: 5000,
      timeout: 1000,
      startPeriod: 500,
      retries: 3,
    };
    expect(options({ healthcheck })).toMatchObject({
      Healthcheck: {
        Test: ['CMD', 'pg_isready'],
        Interval: 5e9,
        Timeout: 1e9,
        StartPeriod: 5e8,
        Retries: 3,
      },
    });
    expect(options({ healthcheck: 'none' })).toMatchObject({ Healthcheck: { Test: ['NONE'] } });
    expect(options({})).not.toHaveProperty('Healthcheck');
  });

  it('leaves to the sidecar what belongs to the network', () => {
    const workload = {
      ...PLAIN_WORKLOAD,
      hostname: 'db',
      dns: ['1.1.1.1'],
      extraHosts: [{ name: 'api', address: 'host-gateway' }],
      sysctls: { 'net.core.somaxconn': '1024', 'kernel.shmmax': '1' },
    };
    expect(createOptions(workload, AROUND)).not.toHaveProperty('Hostname');
    expect(createOptions(workload, AROUND).HostConfig?.Sysctls).toEqual({ 'kernel.shmmax': '1' });
  });
});
