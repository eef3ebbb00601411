import type { Service } from './mesh.ts';

/** Whether a service's port is declared to carry something else than HTTP. */
export function isOpaque({ protocol }: Service): boolean {
  return protocol === 'tcp' || protocol === 'tls';
}
