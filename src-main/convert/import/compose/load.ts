/** Compose files to one project: each in one form, with what it extends and includes, and merged. */
import { dirname, join } from 'node:path';
import { absoluteIn } from './canonical/paths.ts';
import { canonicalFileSource, canonicalResource, canonicalService } from './canonical/service.ts';
import { Extender } from './extends.ts';
import type { ReadFiles } from './files.ts';
import type { Findings } from './findings.ts';
import { importResources } from './include.ts';
import type { Lookup } from './interpolate.ts';
import { mergeProjects } from './merge.ts';
import { child, entriesOf, itemsOf, map, textOf, textsOf, withEntries } from './node.ts';
import type { ComposeNode, MapNode, Place } from './node.ts';
import { parseCompose } from './parse.ts';
import { interpolateNode, projectVariables } from './variables.ts';

export interface LoadContext {
  readonly files: ReadFiles;
  readonly findings: Findings;
  /** The user's own folder. */
  readonly home: string;
}

/** A project of one or more files that are merged. */
export interface ProjectRequest {
  /** Absolute; each is laid over those before it. */
  readonly paths: readonly string[];
  /** Absolute; relative paths in the files are taken from there. */
  readonly folder: string;
  readonly lookup: Lookup;
  /** Who asks for the files; absent: the user. */
  readonly place?: Place | undefined;
}

const SECTIONS = ['services', 'networks', 'volumes', 'secrets', 'configs'] as const;

/** Undefined where a file cannot be read; why is said. */
export class ProjectLoader {
  readonly #context: LoadContext;
  /** Files that are being loaded: one that includes itself has no end. */
  readonly #open: string[] = [];

  constructor(context: LoadContext) {
    this.#context = context;
  }

  load(request: ProjectRequest): MapNode | undefined {
    let project: MapNode | undefined;
    for (const path of request.paths) {
      const file = this.#loadFile(path, request, project);
      if (file) project = mergeProjects(project ?? { ...file, entries: new Map() }, file);
    }
    return project;
  }

  #loadFile(
    path: string,
    request: ProjectRequest,
    before: MapNode | undefined,
  ): MapNode | undefined {
    const { findings } = this.#context;
    if (this.#open.includes(path)) {
      const message = `${path} includes itself`;
      if (request.place) findings.error('compose-value', message, request.place);
      return undefined;
    }
    const file = this.readFile(path, request);
    if (!file) return undefined;
    this.#open.push(path);
    const extended = new Extender(this, this.#context, request).extendAll(file, before);
    const included = itemsOf(child(extended, 'include')).reduce<MapNode>(
      (project, item) => this.#include(project, item, request),
      extended,
    );
    this.#open.pop();
    return included;
  }

  /** One file in its canonical form; what it extends and includes is not yet in it. */
  readFile(path: string, { folder, lookup, place }: ProjectRequest): MapNode | undefined {
    const { files, findings, home } = this.#context;
    const result = files.read(path);
    if ('failure' in result) {
      const at = place ?? { file: path, line: 1, column: 1, endLine: 1, endColumn: 1 };
      findings.error('missing-file', `${path} cannot be read: ${result.failure}`, at);
      return undefined;
    }
    const parsed = parseCompose(result.text, path, findings);
    if (!parsed) return undefined;
    return canonical(interpolateNode(parsed, lookup, findings), { folder, home }, findings);
  }

  #include(project: MapNode, item: ComposeNode, { folder, lookup }: ProjectRequest): MapNode {
    const { files, findings, home } = this.#context;
    const here = { folder, home };
    const paths = item.kind === 'map' ? textsOf(child(item, 'path')) : textsOf(item);
    const remote = paths.find((path) => /^(https?|git|ssh|oci):\/\/|^git@/.test(path));
    if (remote !== undefined) {
      findings.leftOut(`the included ${remote}`, 'only files of this machine are read', item.place);
      return project;
    }
    const [first] = paths;
    if (first === undefined) {
      findings.wrong('an included file needs a path', item.place);
      return project;
    }
    const given = textOf(child(item, 'project_directory'));
    const inner = given === undefined ? dirname(absoluteIn(here, first)) : absoluteIn(here, given);
    const named = itemsOf(child(item, 'env_file')).flatMap((node) => {
      const path = textOf(node);
      return path === undefined ? [] : { path: absoluteIn(here, path), place: node.place };
    });
    const envFiles = named.length > 0 ? named : [{ path: join(inner, '.env') }];
    const included = this.load({
      paths: paths.map((path) => absoluteIn(here, path)),
      folder: inner,
      lookup: projectVariables(lookup, envFiles, files, findings),
      place: item.place,
    });
    return included ? importResources(project, included, SECTIONS, findings) : project;
  }
}

type Section = (typeof SECTIONS)[number];

function canonical(
  file: MapNode,
  context: { readonly folder: string; readonly home: string },
  findings: Findings,
): MapNode {
  const each = (
    section: Section,
    change: (one: MapNode) => ComposeNode,
  ): ComposeNode | undefined => {
    const node = file.entries.get(section)?.value;
    if (node?.kind !== 'map') {
      if (node && node.kind === 'list') findings.wrong(`"${section}" is a mapping`, node.place);
      return node;
    }
    const entries = entriesOf(node).map(([name, one]): [string, ComposeNode] => [
      name,
      one.kind === 'map' ? change(one) : one,
    ]);
    return { ...map(entries, node.place, node), tag: node.tag };
  };
  return withEntries(file, {
    services: each('services', (one) => canonicalService(one, context, findings)),
    networks: each('networks', (one) => canonicalResource(one, findings)),
    volumes: each('volumes', (one) => canonicalResource(one, findings)),
    secrets: each('secrets', (one) => canonicalFileSource(one, context)),
    configs: each('configs', (one) => canonicalFileSource(one, context)),
  });
}
