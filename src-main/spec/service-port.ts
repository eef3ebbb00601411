/** At which port a service is found. */
import type { Service } from './mesh.ts';

/** Where a service says nothing of its port: HTTP's own. */
const DEFAULT_PORT = 80;

/** The port at which callers in pods find the service, whatever its instances listen on. */
export function servicePort({ versions }: Pick<Service, 'versions'>): number {
  return versions.find(({ port }) => port > 0)?.port ?? DEFAULT_PORT;
}
