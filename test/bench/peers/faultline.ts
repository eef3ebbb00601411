import { join } from 'node:path';
import { launch } from './peer.ts';
import type { Peer } from './peer.ts';

export const faultline: Peer = {
  name: 'Faultline',
  find: () => ({ version: 'this tree' }),
  start: ({ outbound, inbound, service, folder }) =>
    launch(process.execPath, [
      join(import.meta.dirname, 'hop.js'),
      String(outbound),
      String(inbound),
      String(service),
      folder,
    ]),
};
