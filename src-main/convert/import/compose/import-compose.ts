/**
 * Compose files (https://compose-spec.io) to services of a mesh document. Pure: files and environment are
 * lent. What the mesh does without is told with its place and why.
 */
import { basename, join } from 'node:path';
import { suggestion } from '../../../spec/document/nearest.ts';
import type { Path } from '../../../spec/document/tree.ts';
import type { MeshDocument } from '../../../spec/schema/document.ts';
import type { ServiceInput } from '../../../spec/schema/service.ts';
import type { VolumeInput } from '../../../spec/schema/volume.ts';
import { ReadFiles } from './files.ts';
import type { ComposeFiles } from './files.ts';
import { Findings } from './findings.ts';
import type { ComposeFinding } from './findings.ts';
import { gatewayInput } from './gateway.ts';
import type { Lookup } from './interpolate.ts';
import { ProjectLoader } from './load.ts';
import { child, entriesOf, isEmpty, textOf } from './node.ts';
import type { MapNode, Place } from './node.ts';
import { surroundingsOf } from './peers.ts';
import { Places } from './places.ts';
import { chooseServices } from './profiles.ts';
import type { Chosen } from './profiles.ts';
import { environmentOf } from './service/environment.ts';
import { meshNames, projectNameOf } from './service/names.ts';
import { serviceInput } from './service/service.ts';
import { volumesOf } from './volumes.ts';
import { projectVariables } from './variables.ts';

export interface ComposeRequest {
  /** Absolute paths, at least one: each is laid over those before it. */
  readonly paths: readonly string[];
  /** Absolute; relative paths are taken from there. */
  readonly folder: string;
  /** Absent: `.env` in the folder, where there is one. */
  readonly envFiles?: readonly string[];
  /** Absent: `COMPOSE_PROFILES`. */
  readonly profiles?: readonly string[];
  /** Absent: `COMPOSE_PROJECT_NAME`, the `name` in the files, or the folder's. */
  readonly projectName?: string;
}

/** What an import is made with. */
export interface ComposeSurroundings {
  readonly files: ComposeFiles;
  /** Of whoever starts the mesh: it wins over the files of variables. */
  readonly environment: Lookup;
  /** The user's own folder, for `~`. */
  readonly home: string;
}

export interface ImportedProject {
  readonly name: string;
  readonly services: Readonly<Record<string, ServiceInput>>;
  readonly volumes: Readonly<Record<string, VolumeInput>>;
  readonly gateway: NonNullable<MeshDocument['gateway']>;
  /** Errors: it cannot be run so. Warnings: what the mesh does without. */
  readonly findings: readonly ComposeFinding[];
  /** All that was read, or asked for in vain. */
  readonly files: readonly string[];
  /** Where what stands at a path of the document comes from. */
  placeOf(path: Path): { readonly place: Place; readonly depth: number } | undefined;
}

export function importCompose(
  request: ComposeRequest,
  { files: lent, environment, home }: ComposeSurroundings,
): ImportedProject {
  const files = new ReadFiles(lent);
  const findings = new Findings();
  const places = new Places();
  const { paths, folder } = request;
  const named = request.envFiles?.map((path) => ({ path, place: startOf(paths[0] ?? path) }));
  const envFiles = named ?? [{ path: join(folder, '.env') }];
  const lookup = projectVariables(environment, envFiles, files, findings);
  const project = new ProjectLoader({ files, findings, home }).load({ paths, folder, lookup });
  const name = nameOf(request, project, lookup);
  const about = { files, findings, places, lookup, projectName: name };
  const imported = project && servicesOf(project, profilesOf(request, lookup), about);
  if (project) tellTopLevel(project, findings);
  const services = imported ?? {};
  return {
    name,
    services,
    volumes: project ? volumesOf(project, name) : {},
    gateway: gatewayInput(services),
    findings: findings.all,
    files: files.asked,
    placeOf: (path) => places.find(path),
  };
}

interface About {
  readonly files: ReadFiles;
  readonly findings: Findings;
  readonly places: Places;
  readonly lookup: Lookup;
  readonly projectName: string;
}

function servicesOf(
  project: MapNode,
  profiles: readonly string[],
  about: About,
): Record<string, ServiceInput> {
  const { findings, places } = about;
  const chosen = chooseServices(project, profiles);
  tellEmpty(project, chosen, findings);
  const names = meshNames([...chosen.active.keys()]);
  const peers = [...chosen.active].map(([name, service]) => {
    const env = environmentOf(service, { ...about, project, name });
    return { name, meshName: names.get(name) ?? name, service, env };
  });
  const surroundings = surroundingsOf(peers);
  return Object.fromEntries(
    peers.map(({ name, meshName, service, env }): [string, ServiceInput] => {
      places.set(['services', meshName], keyPlace(project, name) ?? service.place);
      const own = surroundings.get(meshName);
      const none = { calls: [], reaches: [], aliases: [], askedPorts: [] };
      return [
        meshName,
        serviceInput(service, {
          ...about,
          project,
          name,
          env,
          surroundings: own ?? none,
          meshNames: names,
          idle: chosen.idle,
        }),
      ];
    }),
  );
}

function keyPlace(project: MapNode, name: string): Place | undefined {
  const services = project.entries.get('services')?.value;
  return services?.kind === 'map' ? services.entries.get(name)?.place : undefined;
}

function tellEmpty(project: MapNode, { active, idle }: Chosen, findings: Findings): void {
  if (active.size > 0) return;
  const place = project.entries.get('services')?.place ?? project.place;
  const message =
    idle.size > 0
      ? 'every service belongs to a profile, and none is asked for'
      : 'there are no services in the file';
  findings.error('compose-value', message, place);
}

function nameOf(request: ComposeRequest, project: MapNode | undefined, lookup: Lookup): string {
  const given =
    request.projectName ?? lookup('COMPOSE_PROJECT_NAME') ?? textOf(child(project, 'name'));
  return projectNameOf(given ?? basename(request.folder)) || 'compose';
}

function profilesOf({ profiles }: ComposeRequest, lookup: Lookup): readonly string[] {
  const named = lookup('COMPOSE_PROFILES') ?? '';
  return profiles ?? named.split(',').map((one) => one.trim());
}

function startOf(file: string): Place {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 2 };
}

const TOP_LEVEL = [
  ...['configs', 'include', 'name', 'networks', 'secrets', 'services', 'version', 'volumes'],
];

/** What a network may say that means something in the mesh. */
const OF_NETWORKS = ['external', 'labels', 'name'];

function tellTopLevel(project: MapNode, findings: Findings): void {
  for (const [key, { place, value }] of project.entries) {
    if (TOP_LEVEL.includes(key) || key.startsWith('x-') || isEmpty(value)) continue;
    if (key === 'models') findings.leftOut('models', 'models are not run', place);
    else {
      const advice = suggestion(key, TOP_LEVEL);
      findings.warn('not-imported', `unknown key "${key}"`, place, advice);
    }
  }
  for (const [name, network] of entriesOf(project.entries.get('networks')?.value)) {
    if (network.kind !== 'map') continue;
    for (const [key, { place, value }] of network.entries) {
      if (OF_NETWORKS.includes(key) || key.startsWith('x-') || isEmpty(value)) continue;
      const why = 'the mesh has one network; who shares one in the files may call each other';
      findings.leftOut(`${key} of the network ${name}`, why, place);
    }
  }
}
