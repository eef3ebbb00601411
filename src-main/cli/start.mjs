// `npm start`: prepares the clone, then runs `faultline ui` with the shop, or with the mesh that is named.
import { fileURLToPath } from 'node:url';
import { prepare } from './launch/prepare.mjs';

const SHOP = new URL('../../fixtures/shop', import.meta.url);

await prepare();
const given = process.argv.slice(2);
// Options with a value of their own, so that the value is not taken for the path.
const named = given.some(
  (one, i) => !one.startsWith('-') && !['--port', '--workers'].includes(given[i - 1]),
);
process.argv.splice(2, given.length, 'ui', ...(named ? [] : [fileURLToPath(SHOP)]), ...given);
await import(new URL('../../out/main/cli.js', import.meta.url).href);
