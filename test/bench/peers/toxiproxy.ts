import { writeFileSync } from 'node:fs';
import { launch, versionOf } from './peer.ts';
import type { Peer } from './peer.ts';

const PROGRAM = process.env['TOXIPROXY_PATH'] ?? 'toxiproxy-server';
const ADVICE =
  'install Toxiproxy ("go install github.com/Shopify/toxiproxy/v2/cmd/server@latest") and name the ' +
  'program in TOXIPROXY_PATH';

/** It has no TLS: its two hops are plain TCP, which is less work than everybody else's. */
export const toxiproxy: Peer = {
  name: 'Toxiproxy (no TLS)',
  find() {
    const found = versionOf(PROGRAM, ['-version'], /version (\S+)/);
    return found === undefined ? { advice: ADVICE } : { version: found };
  },
  can: ({ speaks, filters }) => speaks === 'tcp' && filters === 0,
  start({ outbound, inbound, service, folder, api }) {
    const hop = (name: string, from: number, to: number): object => ({
      name,
      listen: `127.0.0.1:${from}`,
      upstream: `127.0.0.1:${to}`,
      enabled: true,
    });
    const file = `${folder}/toxiproxy.json`;
    writeFileSync(
      file,
      JSON.stringify([hop('out', outbound, inbound), hop('in', inbound, service)]),
    );
    return launch(PROGRAM, ['-config', file, '-port', String(api), '-host', '127.0.0.1']);
  },
};
