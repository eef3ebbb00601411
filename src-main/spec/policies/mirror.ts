/** Traffic shadowing: some requests are sent a second time, and the answers compared. */
import { z } from 'zod';
import type { Mesh, RoutePolicy, Service, Version } from '../mesh.ts';
import { isOpaque } from '../opaque.ts';
import { percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const mirrorSchema = z
  .strictObject({
    version: z.string().optional().meta({
      description: 'Where they go a second time; absent: to all versions of the service.',
    }),
    service: z
      .string()
      .optional()
      .meta({ description: 'Another service, which the caller need not call itself.' }),
    percentage: percent
      .optional()
      .meta({ description: 'Of the requests; exact, not drawn.', default: 100 }),
    random: z
      .boolean()
      .optional()
      .meta({ description: 'Drawn for each request, as Envoy does.', default: false }),
    hostSuffix: z.boolean().optional().meta({
      description: 'Their host ends in "-shadow", as Envoy has it by default.',
      default: true,
    }),
  })
  .meta({
    description: 'Sends requests a second time; nobody waits for the answers, which are compared.',
  });

export const mirror: PolicyInfo = {
  title: 'Mirror',
  description: 'Sends some requests a second time, elsewhere, and compares the answers.',
  fault: false,
  schema: mirrorSchema,
};

export interface MirrorTarget {
  readonly service: Service;
  /** All of the service's, or the one that is named. */
  readonly versions: readonly Version[];
}

/**
 * Where the shadows of a service's requests go; undefined where nothing is mirrored: it is not asked
 * for, or one of the two speaks no HTTP.
 */
export function mirrorTarget(
  mesh: Pick<Mesh, 'services'>,
  callee: Service,
  { mirror: given }: RoutePolicy,
): MirrorTarget | undefined {
  if (!given || given.percentage === 0) return undefined;
  const service = mesh.services.find(({ name }) => name === (given.service ?? callee.name));
  if (!service || isOpaque(service) || isOpaque(callee)) return undefined;
  const versions = service.versions.filter(
    ({ name }) => given.version === undefined || name === given.version,
  );
  return versions.length === 0 ? undefined : { service, versions };
}
