/** A container of which nothing has been said but its image. */
import type { ContainerWorkload } from '../../../src-main/spec/mesh.ts';

export const PLAIN_WORKLOAD: ContainerWorkload = {
  runtime: 'docker',
  image: 'app',
  pull: 'missing',
  env: {},
  addresses: true,
  mounts: [],
  files: [],
  capAdd: [],
  capDrop: [],
  privileged: false,
  readOnly: false,
  init: false,
  tty: false,
  stdinOpen: false,
  ulimits: {},
  sysctls: {},
  securityOpt: [],
  devices: [],
  labels: {},
  stopGrace: 10_000,
  extraHosts: [],
  restart: { policy: 'always' },
};
