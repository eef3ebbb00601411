/** Meshes of small containers, for tests against a real engine. */
import { fileURLToPath } from 'node:url';
import { tempMesh } from '../temp-mesh.ts';
import { runUp } from '../up.ts';
import type { RunningMesh } from '../up.ts';
import { nodeImage } from './images.ts';

/** Where the services of these meshes are. */
const SERVICES = fileURLToPath(new URL('./services', import.meta.url));

/**
 * Runs a mesh of the services in `services/`: `text` has `IMAGE` where the image with Node is meant, and
 * `SERVICES` where the folder is. Resolves when every instance is ready.
 */
export async function runPods(text: string): Promise<RunningMesh> {
  const image = await nodeImage();
  const all = text.replaceAll('IMAGE', image).replaceAll('SERVICES', SERVICES);
  return runUp(await tempMesh(all), { FAULTLINE_SIDECAR_BASE: image });
}
