/** What an export says of a mirror: the target's support, where that depends on what is asked for. */
import type { Mesh, Service } from '../../spec/mesh.ts';
import type { Mirror } from '../../spec/mirror.ts';
import { mirrorTarget } from '../../spec/policies/mirror.ts';
import type { ExportTarget } from './result.ts';
import { EXACT, SUPPORT } from './support.ts';
import type { SupportEntry } from './support.ts';

const HOST =
  'The host of a shadow ends in -shadow up to Istio 1.27, and not from 1.28 on; here, "hostSuffix" says.';

const EXTENDED =
  'An implementation need not mirror, and shares came with Gateway API 1.3. Whether the host of a shadow ends in -shadow is left to it.';

/** Without the words about shares, where none is drawn differently. */
export function mirrorSupport(
  mesh: Mesh,
  target: ExportTarget,
  callee: Service,
  mirror: Mirror,
): SupportEntry {
  if (!mirrorTarget(mesh, callee, { mirror })) {
    return { ...EXACT, why: 'It does nothing, so it is not exported.' };
  }
  const { support, why } = SUPPORT[target].mirror;
  const own = target === 'istio' ? HOST : EXTENDED;
  const isSame = mirror.random || mirror.percentage === 100;
  return { support, why: isSame ? own : `${why} ${own}` };
}
