import { z } from 'zod';
import { name, path, port } from './scalars.ts';

export const gatewayRoute = z.strictObject({
  name: name.optional().meta({ description: 'For reports; default: the service, with a number.' }),
  path: path.optional().meta({ description: 'Path prefix, by segment. Default /.' }),
  host: z.string().min(1).optional().meta({ description: 'Host that must be asked for.' }),
  service: z.string().meta({ description: 'The service that answers.' }),
});

export const gateway = z
  .strictObject({
    port: port.optional().meta({ description: 'Port on this machine. Default 8080; 0: any free one.' }),
    routes: z
      .array(gatewayRoute)
      .optional()
      .meta({ description: 'What leads to which service; the first match wins.' }),
  })
  .meta({ description: 'The way in: the proxy at the edge.' });
