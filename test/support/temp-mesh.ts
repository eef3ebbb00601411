/** A mesh document in a folder of its own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TempMesh {
  readonly folder: string;
  readonly file: string;
  close(): Promise<void>;
}

export async function tempMesh(text: string): Promise<TempMesh> {
  const folder = await mkdtemp(join(tmpdir(), 'faultline-mesh-'));
  const file = join(folder, 'faultline.yaml');
  await writeFile(file, text);
  return { folder, file, close: () => rm(folder, { recursive: true, force: true }) };
}
