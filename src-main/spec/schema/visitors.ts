import { z } from 'zod';
import { headerName, method, path, percent } from './scalars.ts';

export const visitors = z
  .strictObject({
    enabled: z.boolean().optional().meta({ description: 'Default true.' }),
    rate: z
      .number()
      .min(0)
      .max(10_000)
      .optional()
      .meta({ description: 'Journeys begun per second. Default 5.' }),
    requests: z
      .array(
        z.union([
          z
            .string()
            .regex(/^[A-Z]+ \/\S*$/, 'expected a method and a path, such as "GET /products"'),
          z.strictObject({
            method: method.optional().meta({ description: 'Default GET.' }),
            path: path.meta({ description: 'Path with query.' }),
            body: z.string().optional().meta({ description: 'Sent as it stands.' }),
            headers: z.record(headerName, z.string()).optional(),
            share: percent
              .optional()
              .meta({ description: 'Per cent of the visitors that make it. Default 100.' }),
          }),
        ]),
      )
      .min(1)
      .meta({ description: 'What one visitor does, in this order.' }),
  })
  .meta({ description: 'The built-in source of traffic.' });
