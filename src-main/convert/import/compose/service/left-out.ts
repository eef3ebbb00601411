/** What a service says that the mesh does without, and why. */
import { suggestion } from '../../../../spec/document/nearest.ts';
import { child, entriesOf, isEmpty, textOf } from '../node.ts';
import type { ComposeNode, MapNode } from '../node.ts';
import type { ServiceContext } from './context.ts';

/** Keys that the other parts read, or that mean nothing where the mesh runs the service. */
const TAKEN = [
  ...['build', 'cap_add', 'cap_drop', 'command', 'configs', 'container_name', 'cpu_period'],
  ...['cpu_quota', 'cpus', 'depends_on', 'deploy', 'devices', 'dns', 'entrypoint', 'env_file'],
  ...['environment', 'expose', 'extends', 'extra_hosts', 'group_add', 'healthcheck', 'hostname'],
  ...['image', 'init', 'label_file', 'labels', 'links', 'mem_limit', 'mem_reservation', 'networks'],
  ...['network_mode', 'oom_score_adj', 'pids_limit', 'platform', 'ports', 'privileged'],
  ...['profiles', 'pull_policy', 'read_only', 'restart', 'scale', 'secrets', 'security_opt'],
  ...['shm_size', 'stdin_open', 'stop_grace_period', 'stop_signal', 'sysctls', 'tmpfs', 'tty'],
  ...['ulimits', 'user', 'volumes', 'volumes_from', 'working_dir'],
];

const LEFT_OUT: Readonly<Record<string, string>> = {
  annotations: 'the engine is told labels only',
  attach: 'the output of every service is shown',
  blkio_config: 'the limits of disks are those of the engine',
  cgroup: 'each container has a control group of its own',
  cgroup_parent: 'each container has a control group of its own',
  cpu_count: 'it is for Windows; "cpus" says the same',
  cpu_percent: 'it is for Windows; "cpus" says the same',
  cpu_rt_period: 'real-time scheduling is not asked for',
  cpu_rt_runtime: 'real-time scheduling is not asked for',
  cpu_shares: 'it is a weight; "cpus" is a limit',
  cpuset: 'a container runs on all cores',
  credential_spec: 'it is for Windows',
  develop: 'a changed file does not start a build: restart the service',
  device_cgroup_rules: 'devices are given one by one, in "devices"',
  dns_opt: 'names of the mesh are in /etc/hosts',
  dns_search: 'names of the mesh are in /etc/hosts',
  domainname: 'a service is known by its own name',
  external_links: 'containers of other projects are not in the mesh',
  gpus: 'the engine is not asked for graphics cards',
  ipc: 'each container has a namespace of its own',
  isolation: 'it is for Windows',
  logging: 'the output is read from the engine, to be shown',
  mac_address: 'the network belongs to the sidecar',
  mem_swappiness: 'the kernel decides',
  memswap_limit: 'swap is as large as the engine makes it',
  models: 'models are not run',
  oom_kill_disable: 'a container that takes too much memory is killed, and that is shown',
  pid: 'each container has a namespace of its own',
  post_start: 'hooks of containers are not run',
  pre_stop: 'hooks of containers are not run',
  provider: 'it is run by a program of its own, not as a container',
  runtime: "the engine's own is used",
  storage_opt: "the engine's own are used",
  use_api_socket: 'no container is given the engine',
  userns_mode: "the engine's own is used",
  uts: 'the name of a host belongs to the sidecar',
};

/** Of `deploy`, what is for a cluster. */
const OF_DEPLOY: Readonly<Record<string, string>> = {
  endpoint_mode: 'callers go through their sidecars',
  labels: 'they are for the cluster, not for containers',
  placement: 'there is one machine',
  rollback_config: 'changes are applied at once',
  update_config: 'changes are applied at once',
};

export function tellLeftOut(service: MapNode, context: ServiceContext): void {
  const { findings, name } = context;
  for (const [key, { place, value }] of service.entries) {
    const why = LEFT_OUT[key];
    if (why !== undefined) {
      if (!isEmpty(value)) findings.leftOut(`${key} of ${name}`, why, place);
    } else if (!TAKEN.includes(key) && !key.startsWith('x-')) {
      const advice = suggestion(key, [...TAKEN, ...Object.keys(LEFT_OUT)]);
      findings.warn('not-imported', `unknown key "${key}" in ${name}`, place, advice);
    }
  }
  tellDeploy(child(service, 'deploy'), context);
  tellNetworks(service, context);
}

function tellDeploy(deploy: ComposeNode | undefined, { findings, name }: ServiceContext): void {
  if (deploy?.kind !== 'map') return;
  for (const [key, why] of Object.entries(OF_DEPLOY)) {
    const entry = deploy.entries.get(key);
    if (entry) findings.leftOut(`deploy.${key} of ${name}`, why, entry.place);
  }
  const mode = child(deploy, 'mode');
  if (mode && textOf(mode) !== 'replicated') {
    const why = 'there is one machine, and "replicas" says how many run there';
    findings.leftOut(`deploy.mode of ${name}`, why, mode.place);
  }
  const devices = child(child(child(deploy, 'resources'), 'reservations'), 'devices');
  if (devices) {
    findings.leftOut(`devices of ${name}`, 'the engine is not asked for them', devices.place);
  }
}

/** Addresses within networks: a pod has one, in the network of the mesh. */
const OF_NETWORKS = [
  ...['driver_opts', 'gw_priority', 'interface_name', 'ipv4_address', 'ipv6_address'],
  ...['link_local_ips', 'mac_address', 'priority'],
];

function tellNetworks(service: MapNode, { findings, name }: ServiceContext): void {
  for (const [network, options] of entriesOf(child(service, 'networks'))) {
    if (options.kind !== 'map') continue;
    for (const key of OF_NETWORKS) {
      const entry = options.entries.get(key);
      const why = 'all services are in the network of the mesh, each with one address';
      if (entry) findings.leftOut(`${key} of ${name} in ${network}`, why, entry.place);
    }
  }
  const mode = child(service, 'network_mode');
  const text = textOf(mode);
  if (mode && text !== 'bridge' && text !== 'none') {
    const why = 'a service is in the network of the mesh, behind its sidecar';
    findings.leftOut(`network_mode: ${text ?? ''} of ${name}`, why, mode.place);
  }
}
