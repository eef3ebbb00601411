/** Secrets and configurations: files that are put into a container before it starts. */
import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Container } from 'dockerode';
import { pack } from 'tar-stream';
import type { Pack } from 'tar-stream';
import type { ContainerFile } from '../../spec/mesh.ts';

/** For everybody to read, as Docker has secrets. */
const DEFAULT_MODE = 0o444;

/**
 * Works with engines of other machines too, since nothing is mounted.
 * @throws Error that names a file which cannot be read, or the engine's own
 */
export async function putFiles(
  container: Container,
  files: readonly ContainerFile[],
): Promise<void> {
  if (files.length === 0) return;
  const archive = pack();
  for (const file of files) addFile(archive, file, await contentOf(file));
  archive.finalize();
  // Unless it is told so, the engine gives all files to root.
  await container.putArchive(archive, { path: '/', copyUIDGID: 'true' });
}

async function contentOf({ content, source, target }: ContainerFile): Promise<Buffer> {
  if (content !== undefined) return Buffer.from(content);
  try {
    return await readFile(source ?? '');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : error;
    throw new Error(`${source}, which is to be ${target} in the container, ${String(why)}`, {
      cause: error,
    });
  }
}

function addFile(archive: Pack, { target, mode, uid, gid }: ContainerFile, content: Buffer): void {
  const name = posix.normalize(target).replace(/^\/+/, '');
  archive.entry({ name, mode: mode ?? DEFAULT_MODE, uid: uid ?? 0, gid: gid ?? 0 }, content);
}
