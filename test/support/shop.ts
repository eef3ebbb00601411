/** The shop as a person runs it: the built command, as a process, on a copy of its document. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runUp } from './up.ts';
import type { MeshCopy, RunningMesh } from './up.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export type Shop = RunningMesh;
export type ShopCopy = MeshCopy;

/** A copy of the shop with a gateway on a free port and no visitors; `edit` changes its document. */
export async function copyShop(edit = (text: string): string => text): Promise<ShopCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'faultline-shop-'));
  await cp(join(ROOT, 'fixtures/shop'), folder, { recursive: true });
  const file = join(folder, 'faultline.yaml');
  const text = await readFile(file, 'utf8');
  const quiet = text.replace('port: 8080', 'port: 0').replace('visitors:', '$&\n  enabled: false');
  await writeFile(file, edit(quiet));
  return { folder, file, close: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Starts the shop with a gateway on a free port and no visitors. `edit` changes the document's text
 * before the start. Resolves when every instance is ready.
 * @throws Error with what the command said, where it ends before
 */
export async function startShop(edit = (text: string): string => text): Promise<Shop> {
  return runUp(await copyShop(edit));
}
