import { launch } from './peer.ts';
import type { Peer } from './peer.ts';

/** Both hops in one Node process, with the package's own keep-alive agents. */
const PROGRAM = `
const fs = require('node:fs'), http = require('node:http'), https = require('node:https');
const { createProxyServer } = require('http-proxy');
const [outbound, inbound, service, folder, filters] = process.argv.slice(1);
const read = (name) => fs.readFileSync(folder + '/' + name);
const tls = (name) => ({ key: read(name + '.key'), cert: read(name + '.pem'), ca: read('ca.pem'), minVersion: 'TLSv1.3' });
const agent = new https.Agent({ keepAlive: true, ...tls('web'), checkServerIdentity: () => undefined });
const out = createProxyServer({ target: { protocol: 'https:', host: '127.0.0.1', port: +inbound }, agent });
const names = Array.from({ length: +filters }, (_, i) => 'x-filter-' + i);
const passes = (q) => !names.some((name) => q.headers[name] === 'on');
const web = (q, s) => (passes(q) ? out.web(q, s) : s.writeHead(503).end());
http.createServer({ keepAliveTimeout: 75e3 }, web).on('upgrade', (q, s, h) => out.ws(q, s, h)).listen(+outbound, '127.0.0.1');
const inn = createProxyServer({ target: { host: '127.0.0.1', port: +service }, agent: new http.Agent({ keepAlive: true }) });
https.createServer({ ...tls('api'), requestCert: true, rejectUnauthorized: true }, (q, s) => inn.web(q, s)).on('upgrade', (q, s, h) => inn.ws(q, s, h)).listen(+inbound, '127.0.0.1');
for (const proxy of [out, inn]) proxy.on('error', (e, q, s) => s.destroy && s.destroy());
`;

export const httpProxy: Peer = {
  name: 'http-proxy',
  find: () => ({ version: '1.18' }),
  can: ({ speaks, routes }) => (speaks === 'http' || speaks === 'websocket') && routes === 0,
  start: ({ outbound, inbound, service, folder, work }) =>
    launch(process.execPath, [
      '--no-deprecation',
      '-e',
      PROGRAM,
      String(outbound),
      String(inbound),
      String(service),
      folder,
      String(work.filters),
    ]),
};
