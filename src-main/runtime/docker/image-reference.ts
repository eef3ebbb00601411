/** The parts of an image's name, by the rules of distribution/reference. Pure. */

export interface ImageReference {
  /** `docker.io` where none is named. */
  readonly registry: string;
  /** `library/postgres`, where the registry is Docker's. */
  readonly repository: string;
  /** `latest` where neither tag nor digest is given. */
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

export const DOCKER_HUB = 'docker.io';

export function parseImageReference(text: string): ImageReference {
  const [name = '', digest] = text.split('@');
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  const path = colon < 0 ? name : name.slice(0, colon);
  const tag = colon < 0 ? undefined : name.slice(colon + 1);
  const [registry, repository] = splitRegistry(path);
  const latest = digest === undefined ? 'latest' : undefined;
  return { registry, repository, tag: tag ?? latest, digest };
}

/** What stands before the first slash is a registry where it looks like a host. */
function splitRegistry(path: string): readonly [string, string] {
  const slash = path.indexOf('/');
  const first = path.slice(0, Math.max(0, slash));
  if (/[.:]/.test(first) || first === 'localhost') {
    const registry = first === 'index.docker.io' ? DOCKER_HUB : first;
    return [registry, path.slice(slash + 1)];
  }
  return [DOCKER_HUB, slash < 0 ? `library/${path}` : path];
}

/** For the engine's `fromImage` and `tag`: the name, and what of it is wanted. */
export function pullParts(text: string): { readonly fromImage: string; readonly tag: string } {
  const { tag, digest } = parseImageReference(text);
  const [name = ''] = text.split('@');
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  return { fromImage: colon < 0 ? name : name.slice(0, colon), tag: digest ?? tag ?? 'latest' };
}
