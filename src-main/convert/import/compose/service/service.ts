/** A service of the files as one of the document. */
import type { ServiceInput } from '../../../../spec/schema/service.ts';
import { suggestion } from '../../../../spec/document/nearest.ts';
import { child, entriesOf, textOf } from '../node.ts';
import type { MapNode } from '../node.ts';
import type { Surroundings } from '../peers.ts';
import type { Places } from '../places.ts';
import { containerOf } from './container.ts';
import type { ServiceContext } from './context.ts';
import { tellLeftOut } from './left-out.ts';
import { portsInput, portsOf } from './ports.ts';
import { replicasOf } from './resources.ts';

export interface ServiceParts extends ServiceContext {
  readonly env: Readonly<Record<string, string>>;
  readonly surroundings: Surroundings;
  /** Names of the mesh by those of the files: of all services that run. */
  readonly meshNames: ReadonlyMap<string, string>;
  /** Names of services that only run with a profile that is not asked for. */
  readonly idle: ReadonlySet<string>;
  readonly places: Places;
}

export function serviceInput(service: MapNode, parts: ServiceParts): ServiceInput {
  const { name, env, surroundings, meshNames, places } = parts;
  const { calls, reaches, aliases, askedPorts } = surroundings;
  const ports = portsOf(service, askedPorts, parts);
  const replicas = replicasOf(service, parts);
  const dependsOn = dependsOnOf(service, parts);
  tellLeftOut(service, parts);
  const top = ['services', meshNames.get(name) ?? name];
  noteFields(service, top, places);
  ports.publish.forEach(({ node }, i) => places.set([...top, 'publish', i], node.place));
  return {
    container: containerOf(service, parts),
    ...(Object.keys(env).length > 0 && { env: { ...env } }),
    ...(replicas !== undefined && { replicas }),
    ...portsInput(ports),
    ...(calls.length > 0 && { calls: [...calls] }),
    ...(reaches.length > 0 && { reaches: [...reaches] }),
    ...(aliases.length > 0 && { aliases: [...aliases] }),
    ...(dependsOn.length > 0 && { dependsOn }),
  };
}

const CONDITIONS = {
  service_started: 'started',
  service_healthy: 'healthy',
  service_completed_successfully: 'completed',
} as const;

type Dependency = Exclude<NonNullable<ServiceInput['dependsOn']>[number], string>;

function dependsOnOf(service: MapNode, parts: ServiceParts): Dependency[] {
  const { findings, meshNames, idle, name } = parts;
  return entriesOf(child(service, 'depends_on')).flatMap(([other, options]): Dependency[] => {
    const condition = textOf(child(options, 'condition')) ?? 'service_started';
    const isRequired = textOf(child(options, 'required')) !== 'false';
    const meshName = meshNames.get(other);
    if (meshName === undefined) {
      if (!isRequired) return [];
      const message = idle.has(other)
        ? `${name} depends on ${other}, which runs only with a profile that is not asked for`
        : `${name} depends on "${other}", and there is no such service`;
      const advice = idle.has(other) ? undefined : suggestion(other, [...meshNames.keys()]);
      findings.error('unknown-service', message, options.place, advice);
      return [];
    }
    if (!Object.hasOwn(CONDITIONS, condition)) {
      const advice = suggestion(condition, Object.keys(CONDITIONS));
      findings.wrong(`"${condition}" is no condition`, options.place, advice);
      return [];
    }
    if (textOf(child(options, 'restart')) === 'true') {
      const why = 'callers go through their sidecars, and find it again';
      findings.leftOut(`the restart of ${name} with ${other}`, why, options.place);
    }
    return [{ service: meshName, condition: CONDITIONS[condition as keyof typeof CONDITIONS] }];
  });
}

/** Which key of a service becomes which. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  build: ['container', 'build'],
  command: ['container', 'command'],
  cap_add: ['container', 'capAdd'],
  cap_drop: ['container', 'capDrop'],
  depends_on: ['dependsOn'],
  entrypoint: ['container', 'entrypoint'],
  environment: ['env'],
  expose: ['ports'],
  extra_hosts: ['container', 'extraHosts'],
  healthcheck: ['container', 'healthcheck'],
  image: ['container', 'image'],
  ports: ['publish'],
  replicas: ['replicas'],
  stop_grace_period: ['container', 'stopGrace'],
  stop_signal: ['container', 'stopSignal'],
  ulimits: ['container', 'ulimits'],
  volumes: ['container', 'mounts'],
};

/** A problem of the mesh is told where the files say what it is about. */
function noteFields(service: MapNode, top: readonly string[], places: Places): void {
  for (const [key, path] of Object.entries(FIELDS)) {
    const entry = service.entries.get(key);
    if (entry) places.set([...top, ...path], entry.place);
  }
}
