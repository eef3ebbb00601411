import { z } from 'zod';
import { headerName, headerValue, method, percent, requestPath } from './scalars.ts';

const request = z.strictObject({
  method: method.optional().meta({ description: 'HTTP method, in capitals.', default: 'GET' }),
  path: requestPath.meta({ description: 'Path, with its query.' }),
  body: z.string().optional().meta({ description: 'Sent as it stands.' }),
  headers: z
    .record(headerName, headerValue)
    .optional()
    .meta({ description: 'Sent besides the usual ones.' }),
  share: percent
    .optional()
    .meta({ description: 'Per cent of the visitors that make it.', default: 100 }),
});

const SHORT = 'expected a method and a path, such as "GET /products"';

export const visitors = z
  .strictObject({
    enabled: z
      .boolean()
      .optional()
      .meta({ description: 'Whether they come at all.', default: true }),
    rate: z
      .number()
      .min(0)
      .max(10_000)
      .optional()
      .meta({ description: 'Journeys begun per second.', default: 5 }),
    requests: z
      .array(z.union([z.string().regex(/^[A-Z]+ \/[\x21-\x7e]*$/, SHORT), request]))
      .min(1)
      .meta({ description: 'What one visitor does, in this order; a text is "METHOD /path".' }),
  })
  .meta({ description: 'The built-in source of traffic.' });
