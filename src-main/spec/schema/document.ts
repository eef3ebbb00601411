/** The whole document, as a person writes it. */
import { z } from 'zod';
import { mtlsSchema } from '../policies/mtls.ts';
import { fault } from './fault.ts';
import { gateway } from './gateway.ts';
import { name } from './scalars.ts';
import { service } from './service.ts';
import { traffic } from './traffic.ts';
import { visitors } from './visitors.ts';

export const document = z
  .strictObject({
    mesh: name.meta({ description: 'The name of the mesh.' }),
    namespace: name.optional().meta({ description: 'Kubernetes namespace of all services. Default "default".' }),
    mtls: mtlsSchema.optional(),
    gateway: gateway.optional(),
    services: z.record(name, service).meta({ description: 'The services by name.' }),
    traffic: z
      .record(z.string(), traffic)
      .optional()
      .meta({ description: 'Policies by the called service.' }),
    faults: z.array(fault).nullable().optional().meta({ description: 'What goes wrong on purpose.' }),
    visitors: visitors.optional(),
  })
  .meta({ title: 'Faultline mesh document' });

export type MeshDocument = z.infer<typeof document>;
