import { describe, expect, it } from 'vitest';
import { sidecarOptions } from '../../../../../src-main/runtime/docker/pods/sidecar-options.ts';
import type { ContainerWorkload } from '../../../../../src-main/spec/mesh.ts';
import { meshOf } from '../../../spec/document/sample.ts';

const AROUND = {
  name: 'faultline-api-v1-0-sidecar-1',
  image: 'faultline-sidecar:1',
  network: 'faultline-1',
  portCount: 2,
  labels: { 'faultline.role': 'sidecar' },
};

function workloadOf(container: string): ContainerWorkload {
  const mesh = meshOf(`
mesh: pods
gateway: { port: 0, routes: [{ path: /, service: api }] }
services:
  api: { port: 80, container: { image: api, ${container} } }
`);
  const workload = mesh.services[0]?.versions[0]?.workload;
  if (workload?.runtime !== 'docker') throw new Error('it is no container');
  return workload;
}

describe("a sidecar's container", () => {
  const { HostConfig: host, ...options } = sidecarOptions(workloadOf(''), AROUND);

  it('may lay the rules of its network, and nothing else', () => {
    expect(host).toMatchObject({
      CapDrop: ['ALL'],
      CapAdd: ['NET_ADMIN'],
      SecurityOpt: ['no-new-privileges'],
      Memory: 96 * 1024 * 1024,
      LogConfig: { Type: 'none' },
    });
  });

  it('publishes its inbound ports on loopback alone, where the system chooses', () => {
    expect(Object.keys(options.ExposedPorts ?? {})).toEqual(['15006/tcp', '15007/tcp']);
    expect(host?.PortBindings).toEqual({
      '15006/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }],
      '15007/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }],
    });
  });

  it('ends with its engine: its input is closed with the connection', () => {
    expect(options).toMatchObject({ OpenStdin: true, StdinOnce: true, AttachStdin: true });
  });

  it('has what its workload says of its network, since that is the sidecar', () => {
    const workload = workloadOf(
      "hostname: api-1, extraHosts: { legacy: 10.0.0.9 }, sysctls: { net.core.somaxconn: '512', kernel.shmmax: '1' }",
    );
    const { Hostname, HostConfig } = sidecarOptions(workload, AROUND);
    expect(Hostname).toBe('api-1');
    expect(HostConfig).toMatchObject({
      ExtraHosts: ['legacy:10.0.0.9'],
      Sysctls: { 'net.core.somaxconn': '512' },
      NetworkMode: 'faultline-1',
    });
    expect(HostConfig?.Sysctls).not.toHaveProperty('kernel.shmmax');
  });
});
