// `npm start`: prepares the clone, then runs `faultline ui` with what was given, by default the shop.
import { fileURLToPath } from 'node:url';
import { followNpm } from './launch/follow-npm.mjs';
import { prepare } from './launch/prepare.mjs';

const SHOP = fileURLToPath(new URL('../../fixtures/shop', import.meta.url));

followNpm();
await prepare();
process.argv.splice(2, 0, 'ui', '--default-path', SHOP);
process.stderr.write('faultline: starting…\n');
await import(new URL('../../out/main/cli.js', import.meta.url).href);
