/** The whole document, as a person writes it. */
import { z } from 'zod';
import { authorizationSchema } from '../policies/authorization.ts';
import { mtlsSchema } from '../policies/mtls.ts';
import { rateLimitSchema } from '../policies/rate-limit.ts';
import { captureSchema } from './capture.ts';
import { compose } from './compose.ts';
import { container } from './container.ts';
import { fault } from './fault.ts';
import { gateway } from './gateway.ts';
import { instanceFault } from './instance-fault.ts';
import { limits } from './limits.ts';
import { name, runtime, section } from './scalars.ts';
import { service } from './service.ts';
import { traffic } from './traffic.ts';
import { visitors } from './visitors.ts';
import { volume } from './volume.ts';

export const document = z
  .strictObject({
    mesh: name.meta({ description: 'The name of the mesh.' }),
    namespace: name
      .optional()
      .meta({ description: 'Kubernetes namespace of all services.', default: 'default' }),
    mtls: mtlsSchema.optional(),
    runtime: runtime.optional().meta({
      description:
        'How services run that say nothing of it; a service that can run in one way only runs so.',
    }),
    container: container.optional().meta({
      description:
        'The container of services that are to run in one and have only a command: it runs in this image, which sees the working folder.',
    }),
    compose: compose.optional(),
    gateway: section(gateway),
    services: section(z.record(name, service)).meta({
      description: 'The services by name; without a compose file, there must be some.',
    }),
    traffic: section(z.record(z.string(), traffic.nullable())).meta({
      description: 'Policies by the called service.',
    }),
    faults: section(z.array(fault)).meta({ description: 'What goes wrong on purpose.' }),
    instanceFaults: section(z.array(instanceFault)).meta({
      description: 'What happens to instances on purpose.',
    }),
    seed: z.int().optional().meta({
      description:
        'Makes a run repeatable: the same seed and the same requests give the same faults and delays.',
    }),
    authorization: section(authorizationSchema),
    rateLimits: section(z.array(rateLimitSchema)).meta({ description: 'How often one may call.' }),
    limits: section(limits),
    capture: section(z.array(captureSchema)).meta({
      description: 'Which requests are kept with their heads and bodies, to be looked at.',
    }),
    visitors: section(visitors),
    volumes: section(z.record(z.string(), volume.nullable())).meta({
      description: 'Volumes of containers of which there is more to say than their names.',
    }),
  })
  .meta({ title: 'Faultline mesh document' });

export type MeshDocument = z.infer<typeof document>;
