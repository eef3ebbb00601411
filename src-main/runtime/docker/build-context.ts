/** What is sent to the engine to build from: the folder, less what `.dockerignore` leaves out. */
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import ignore from '@balena/dockerignore';
import { pack } from 'tar-fs';
import type { ContainerBuild } from '../../spec/mesh.ts';

export interface BuildContext {
  readonly archive: Readable;
  /** Of the Dockerfile in the archive. */
  readonly dockerfile: string;
  /** The Dockerfile's. */
  readonly text: string;
}

/** A Dockerfile that is not in the context is put there under a name that nobody else has. */
const ADDED = '.faultline.Dockerfile';

/** A context that the engine fetches itself: Git, or an archive. */
export function isRemote(context: string): boolean {
  return /^(https?|git|ssh):\/\/|^git@/.test(context);
}

/** @throws Error that names the folder or Dockerfile which does not exist */
export async function buildContext(build: ContainerBuild): Promise<BuildContext> {
  const { context } = build;
  if (!existsSync(context)) throw new Error(`the build's folder ${context} does not exist`);
  const given = await dockerfileOf(build);
  const isIgnored = ignoredBy(context, given.name);
  const archive = pack(context, {
    ignore: (path) => {
      const name = relative(context, path).replaceAll('\\', '/');
      return name !== '' && name !== given.name && name !== '.dockerignore' && isIgnored(name);
    },
    ...(!given.isThere && {
      finalize: false,
      finish: (stream) => {
        stream.entry({ name: ADDED }, given.text);
        stream.finalize();
      },
    }),
  });
  return { archive, dockerfile: given.isThere ? given.name : ADDED, text: given.text };
}

interface GivenDockerfile {
  /** Relative to the context. */
  readonly name: string;
  readonly text: string;
  /** It stands in the context. */
  readonly isThere: boolean;
}

async function dockerfileOf({
  context,
  dockerfile = 'Dockerfile',
  dockerfileInline,
}: ContainerBuild): Promise<GivenDockerfile> {
  if (dockerfileInline !== undefined) {
    return { name: dockerfile, text: dockerfileInline, isThere: false };
  }
  const path = isAbsolute(dockerfile) ? dockerfile : join(context, dockerfile);
  if (!existsSync(path)) throw new Error(`the Dockerfile ${path} does not exist`);
  const name = relative(context, path).replaceAll('\\', '/');
  const isOutside = name.startsWith('..') || isAbsolute(name);
  const text = await readFile(path, 'utf8');
  return { name: isOutside ? dockerfile : name, text, isThere: !isOutside };
}

/** A Dockerfile may have a file of its own, `<its name>.dockerignore`, as BuildKit has it. */
function ignoredBy(context: string, dockerfile: string): (name: string) => boolean {
  const file = [`${dockerfile}.dockerignore`, '.dockerignore']
    .map((name) => join(context, name))
    .find((path) => existsSync(path));
  if (file === undefined) return () => false;
  const rules = ignore().add(readFileSync(file, 'utf8'));
  return (name) => rules.ignores(name);
}
