/** Meshes of small containers, for tests against a real engine. */
import { execFileSync } from 'node:child_process';
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
 * @param base of sidecars; absent: the image with Node, which has nft as well
 */
export async function runPods(text: string, base?: string): Promise<RunningMesh> {
  const image = await nodeImage();
  const all = text.replaceAll('IMAGE', image).replaceAll('SERVICES', SERVICES);
  return runUp(await tempMesh(all), { FAULTLINE_SIDECAR_BASE: base ?? image });
}

export function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8' }).trim();
}

/** What `docker` lists of a mesh, a line each. */
export function ofMesh({ file }: RunningMesh, ...args: string[]): string[] {
  return docker(...args, '--filter', `label=faultline.mesh=${file}`)
    .split('\n')
    .filter(Boolean);
}

export function containerOf(
  mesh: RunningMesh,
  service: string,
  role: 'sidecar' | 'workload',
): string {
  const labels = [`faultline.instance=${service}-v1-0-pod`, `faultline.role=${role}`];
  const [id] = ofMesh(mesh, 'ps', '-q', ...labels.flatMap((one) => ['--filter', `label=${one}`]));
  if (id === undefined) throw new Error(`no ${role} of ${service} runs`);
  return id;
}

export function inspect(
  mesh: RunningMesh,
  service: string,
  role: 'sidecar' | 'workload',
  format: string,
): string {
  return docker('inspect', '--format', format, containerOf(mesh, service, role));
}

/** Of the service's pod, in the mesh's network. */
export function addressOf(mesh: RunningMesh, service: string): string {
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
  return inspect(mesh, service, 'sidecar', format);
}
