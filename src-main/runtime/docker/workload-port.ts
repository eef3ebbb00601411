/** At which port a workload listens. Pure. */
import type { Version } from '../../spec/mesh.ts';
import type { ReadyImage } from './images.ts';

/** Where a container's port is unknown: HTTP's. */
const FALLBACK_PORT = 80;
/** Of one that listens where it is told to; users without rights may. */
const GIVEN_PORT = 8080;

/** As the document says, or else the first one that the image exposes; `isGuessed`: neither knows. */
export function workloadPort(
  { port, runtimes = [] }: Pick<Version, 'port' | 'runtimes'>,
  { ports }: Pick<ReadyImage, 'ports'>,
): { readonly port: number; readonly isGuessed: boolean } {
  if (port > 0) return { port, isGuessed: false };
  const [exposed] = ports;
  if (exposed !== undefined) return { port: exposed, isGuessed: false };
  // What may be a process as well listens where PORT says.
  if (runtimes.includes('process')) return { port: GIVEN_PORT, isGuessed: false };
  return { port: FALLBACK_PORT, isGuessed: true };
}
