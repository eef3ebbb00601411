/** Services that extend others (`extends`): the other one, with their own values laid over it. */
import { dirname } from 'node:path';
import { suggestion } from '../../../spec/document/nearest.ts';
import type { LoadContext, ProjectLoader, ProjectRequest } from './load.ts';
import { mergeServices } from './merge.ts';
import { child, entriesOf, map, textOf, withEntries } from './node.ts';
import type { ComposeNode, MapNode } from './node.ts';

/** Where the services stand that may be extended. */
interface Source {
  readonly path: string;
  /** In the file itself. */
  readonly services: ComposeNode | undefined;
  /** In the files that it is laid over. */
  readonly before?: ComposeNode | undefined;
}

export class Extender {
  readonly #loader: ProjectLoader;
  readonly #context: LoadContext;
  readonly #request: ProjectRequest;

  constructor(loader: ProjectLoader, context: LoadContext, request: ProjectRequest) {
    this.#loader = loader;
    this.#context = context;
    this.#request = request;
  }

  /** The file with every service whole. `before`: what it is laid over. */
  extendAll(file: MapNode, before: MapNode | undefined): MapNode {
    const services = child(file, 'services');
    if (services?.kind !== 'map') return file;
    const source = { path: file.place.file, services, before: child(before, 'services') };
    const whole = entriesOf(services).map(([name, one]): [string, ComposeNode] => [
      name,
      one.kind === 'map' ? this.#extend(name, one, source, []) : one,
    ]);
    return withEntries(file, {
      services: { ...map(whole, services.place, services), tag: services.tag },
    });
  }

  #extend(name: string, service: MapNode, source: Source, chain: readonly string[]): MapNode {
    const extended = child(service, 'extends');
    const own = withEntries(service, { extends: undefined });
    if (!extended) return own;
    const { findings } = this.#context;
    const key = `${source.path} ${name}`;
    if (chain.includes(key)) {
      findings.wrong(`${name} extends itself`, extended.place);
      return own;
    }
    const base = this.#baseOf(extended, source, [...chain, key]);
    return base ? mergeServices(base, own) : own;
  }

  #baseOf(extended: ComposeNode, source: Source, chain: readonly string[]): MapNode | undefined {
    const { findings } = this.#context;
    const name = textOf(child(extended, 'service'));
    if (name === undefined) {
      findings.wrong('"extends" names a service', extended.place);
      return undefined;
    }
    const file = textOf(child(extended, 'file'));
    const from = file === undefined ? source : this.#fileSource(file, extended);
    if (!from) return undefined;
    const found = child(from.services, name);
    if (found?.kind === 'map') return this.#extend(name, found, from, chain);
    const before = child(from.before, name);
    if (before?.kind === 'map') return before;
    const known = entriesOf(from.services).map(([one]) => one);
    const message = `there is no service "${name}" to extend${file === undefined ? '' : ` in ${file}`}`;
    findings.error('unknown-service', message, extended.place, suggestion(name, known));
    return undefined;
  }

  /** Paths in it are relative to its own folder. */
  #fileSource(path: string, { place }: ComposeNode): Source | undefined {
    const { lookup } = this.#request;
    const request = { paths: [path], folder: dirname(path), lookup, place };
    const file = this.#loader.readFile(path, request);
    return file && { path, services: child(file, 'services') };
  }
}
