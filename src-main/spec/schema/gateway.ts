import { z } from 'zod';
import { locality } from './locality.ts';
import { requestFields } from './match.ts';
import { routePolicyFields, switchable } from './route-policy.ts';
import { host, name, port, programText } from './scalars.ts';

export const gatewayRoute = z.strictObject({
  name: name.optional().meta({ description: 'For reports; default: the service, with a number.' }),
  host: host.optional().meta({ description: 'Host that must be asked for; absent: any.' }),
  ...requestFields,
  service: z.string().meta({ description: 'The service that answers.' }),
  ...switchable(routePolicyFields),
});

export const gatewayTcpRoute = z.strictObject({
  name: name.optional().meta({ description: 'For reports; default: the service, with a number.' }),
  port: port.meta({ description: 'Port on this machine; 0: any free one.' }),
  host: host.optional().meta({
    description:
      'Only TLS that asks for this name (SNI), passed through as it is; several may share a port.',
  }),
  service: z.string().meta({ description: 'The service whose bytes they are.' }),
});

export const gatewayTls = z.strictObject({
  port: port
    .optional()
    .meta({ description: 'Port on this machine; 0: any free one.', default: 8443 }),
  certificate: programText.optional().meta({
    description:
      "PEM file with the certificate chain, leaf first; relative to the document's folder. Absent: one of the mesh's CA.",
  }),
  key: programText.optional().meta({ description: "PEM file with the certificate's key." }),
});

export const gateway = z
  .strictObject({
    port: port
      .optional()
      .meta({ description: 'Port on this machine; 0: any free one.', default: 8080 }),
    locality: locality.optional().meta({
      description: 'Where it is, as region/zone/subzone: its requests go to the nearest instances.',
    }),
    routes: z
      .array(gatewayRoute)
      .optional()
      .meta({ description: 'What leads to which service; the first match wins.' }),
    tls: gatewayTls.optional().meta({
      description: 'A second port for the same routes, where TLS ends; absent: there is none.',
    }),
    tcp: z
      .array(gatewayTcpRoute)
      .optional()
      .meta({ description: 'Ports for what is not HTTP, such as databases or TLS.' }),
  })
  .meta({ description: 'The way in: the proxy at the edge.' });
