import { z } from 'zod';
import { headerName, headerValue, method, pathPrefix } from './scalars.ts';

export const matchFields = {
  path: pathPrefix
    .optional()
    .meta({ description: 'Path prefix, by segment: /a matches /a and /a/b.' }),
  method: method.optional().meta({ description: 'HTTP method, in capitals.' }),
  headers: z
    .record(headerName, headerValue.min(1, 'expected a value; it must be the whole one'))
    .optional()
    .meta({ description: 'Headers that must have exactly these values.' }),
};

export const match = z
  .strictObject(matchFields)
  .meta({ description: 'Which requests are meant; every given part must hold.' });
