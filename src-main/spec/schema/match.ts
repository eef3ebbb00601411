import { z } from 'zod';
import { headerName, method, path } from './scalars.ts';

export const matchFields = {
  path: path.optional().meta({ description: 'Path prefix, by segment: /a matches /a and /a/b.' }),
  method: method.optional().meta({ description: 'HTTP method, in capitals.' }),
  headers: z
    .record(headerName, z.string())
    .optional()
    .meta({ description: 'Headers that must have exactly these values.' }),
};

export const match = z
  .strictObject(matchFields)
  .meta({ description: 'Which requests are meant; every given part must hold.' });
