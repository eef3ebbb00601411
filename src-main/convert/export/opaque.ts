/** Services whose port is declared to carry something else than HTTP. */
import type { Service } from '../../spec/mesh.ts';

export function isOpaque({ protocol }: Service): boolean {
  return protocol === 'tcp' || protocol === 'tls';
}
