/** `npm run schema`: writes the JSON Schema that is shipped. */
import { writeFileSync } from 'node:fs';
import { meshJsonSchema } from './json-schema.ts';

writeFileSync('schema/faultline.schema.json', `${JSON.stringify(meshJsonSchema(), null, 2)}\n`);
