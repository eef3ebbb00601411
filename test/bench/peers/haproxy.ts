import { readFileSync, writeFileSync } from 'node:fs';
import { filterHeader, routePrefix, times } from '../work.ts';
import type { Work } from '../work.ts';
import { launch, versionOf } from './peer.ts';
import type { Peer, PeerSetup } from './peer.ts';

export const haproxy: Peer = {
  name: 'HAProxy',
  find() {
    const found = versionOf('haproxy', ['-v']);
    return found === undefined ? { advice: 'install haproxy' } : { version: found };
  },
  can: () => true,
  start(setup) {
    const { folder } = setup;
    for (const name of ['web', 'api']) {
      const both =
        readFileSync(`${folder}/${name}.pem`, 'utf8') +
        readFileSync(`${folder}/${name}.key`, 'utf8');
      writeFileSync(`${folder}/${name}-both.pem`, both);
    }
    const file = `${folder}/haproxy.cfg`;
    writeFileSync(file, configuration(setup));
    return launch('haproxy', ['-q', '-db', '-f', file]);
  },
};

function configuration({ outbound, inbound, service, folder, work }: PeerSetup): string {
  const isGrpc = work.speaks === 'grpc';
  const [alpn, h2] = isGrpc ? [' alpn h2', ' proto h2'] : ['', ''];
  const tls = (name: string): string =>
    `ssl crt ${folder}/${name}-both.pem ca-file ${folder}/ca.pem verify required ssl-min-ver TLSv1.3${alpn}`;
  const isTcp = work.speaks === 'tcp';
  return `global
  nbthread 1
  maxconn 8192
defaults
  mode ${isTcp ? 'tcp' : 'http'}
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  timeout tunnel 1h
  ${isTcp ? '' : 'http-reuse always'}
frontend outbound
  bind 127.0.0.1:${outbound}${h2}
  ${rules(work)}
backend api
  server api 127.0.0.1:${inbound} ${tls('web')}
frontend inbound
  bind 127.0.0.1:${inbound} ${tls('api')}
  default_backend app
backend app
  server app 127.0.0.1:${service}${h2}
`;
}

function rules({ filters, routes }: Work): string {
  return [
    ...times(filters, (i) => `http-request deny if { req.hdr(${filterHeader(i)}) on }`),
    ...times(routes, (i) => `use_backend api if { path_beg ${routePrefix(i)} }`),
    ...(routes === 0 ? ['default_backend api'] : []),
  ].join('\n  ');
}
