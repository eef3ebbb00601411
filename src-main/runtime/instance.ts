/** Which instances a mesh asks for, and what must change when the mesh does. Pure. */
import type { InstanceFault } from '../spec/fault.ts';
import { localityOf } from '../spec/locality.ts';
import type { ContainerVolume, Mesh, Service, Version } from '../spec/mesh.ts';
import { peersOf } from '../spec/peers.ts';
import type { Address } from './runtime.ts';

/** One copy of a version, as it is to run. */
export interface InstanceSpec {
  /** `payments-v2-0`, `payments-v2-0-pod`; unique in the mesh and stable over edits. */
  readonly id: string;
  readonly service: Service;
  readonly version: Version;
  readonly index: number;
  /** It is started so that a fault may set its clock. */
  readonly hasOwnClock?: boolean;
  /** Those that its container mounts and of which the mesh says more than the name. Absent: none. */
  readonly volumes?: readonly ContainerVolume[];
}

type Planned = Pick<Mesh, 'services' | 'instanceFaults' | 'volumes'>;

export function planInstances(mesh: Planned): InstanceSpec[] {
  return mesh.services.flatMap((service) =>
    service.versions.flatMap((version) =>
      Array.from({ length: version.replicas }, (_, index) => {
        const spec = { id: idOf(service, version, index), service, version, index };
        const hasOwnClock = clockFaults(mesh).some((fault) => isFor(fault, spec));
        const volumes = volumesOf(mesh, version);
        return {
          ...spec,
          ...(hasOwnClock && { hasOwnClock }),
          ...(volumes.length > 0 && { volumes }),
        };
      }),
    ),
  );
}

/** One that may run either way has a name for each, so that both can be there for a moment. */
function idOf(
  { name }: Service,
  { name: version, runtimes, workload }: Version,
  index: number,
): string {
  const id = `${name}-${version}-${index}`;
  const isEither = workload.runtime === 'docker' && runtimes?.includes('process') === true;
  return isEither ? `${id}-pod` : id;
}

function volumesOf({ volumes = [] }: Planned, { workload }: Version): ContainerVolume[] {
  if (workload.runtime !== 'docker') return [];
  const mounted = new Set(workload.mounts.map(({ source }) => source));
  return volumes.filter(({ name }) => mounted.has(name));
}

/** Whether a fault of instances is for this one. */
export function isFor(fault: InstanceFault, { service, version, index }: InstanceSpec): boolean {
  return (
    fault.service === service.name &&
    (fault.version ?? version.name) === version.name &&
    (fault.index ?? index) === index
  );
}

/** Also those that are switched off: to switch them on must not start anything anew. */
function clockFaults({ instanceFaults = [] }: Pick<Mesh, 'instanceFaults'>): InstanceFault[] {
  return instanceFaults.filter(({ action }) => action === 'clockSkew');
}

/** `region/zone/subzone`; undefined: nobody knows. */
export function placeOf({ version, index }: InstanceSpec): string | undefined {
  return localityOf(version, index);
}

export interface InstanceChanges {
  readonly added: InstanceSpec[];
  /** Still there, but they must be run anew: the command, environment, stub or calls changed. */
  readonly restarted: InstanceSpec[];
  readonly removed: InstanceSpec[];
}

export function diffInstances(before: InstanceSpec[], after: InstanceSpec[]): InstanceChanges {
  const known = new Map(before.map((spec) => [spec.id, spec]));
  const wanted = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !known.has(id)),
    restarted: after.filter((spec) => {
      const old = known.get(spec.id);
      return old !== undefined && processOf(old) !== processOf(spec);
    }),
    removed: before.filter(({ id }) => !wanted.has(id)),
  };
}

/** All that an instance is started with; a change of anything else leaves it alone. */
function processOf({ service, version, hasOwnClock, volumes }: InstanceSpec): string {
  const { workload, port, health } = version;
  // A container finds peers by their names: it need not be told of another one.
  const peers = workload.runtime === 'docker' ? [] : peersOf(service);
  const { ports, protocol } = service;
  return JSON.stringify([workload, port, ports, health, peers, protocol, hasOwnClock, volumes]);
}

/**
 * Kubernetes' names for the addresses of services: `ORDERS_URL`, `ORDERS_SERVICE_HOST`,
 * `ORDERS_SERVICE_PORT`; what is no letter or digit becomes an underscore.
 */
export function calleesEnv(callees: Readonly<Record<string, Address>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(callees).flatMap(([service, { host, port }]) => {
      const name = service.toUpperCase().replace(/[^A-Z0-9]/g, '_');
      return [
        [`${name}_URL`, `http://${host}:${port}`],
        [`${name}_SERVICE_HOST`, host],
        [`${name}_SERVICE_PORT`, String(port)],
      ];
    }),
  );
}
