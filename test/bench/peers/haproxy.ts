import { readFileSync, writeFileSync } from 'node:fs';
import { launch, versionOf } from './peer.ts';
import type { Peer } from './peer.ts';

export const haproxy: Peer = {
  name: 'HAProxy',
  find() {
    const found = versionOf('haproxy', ['-v']);
    return found === undefined ? { advice: 'install haproxy' } : { version: found };
  },
  start({ outbound, inbound, service, folder }) {
    for (const name of ['web', 'api']) {
      const both =
        readFileSync(`${folder}/${name}.pem`, 'utf8') +
        readFileSync(`${folder}/${name}.key`, 'utf8');
      writeFileSync(`${folder}/${name}-both.pem`, both);
    }
    const file = `${folder}/haproxy.cfg`;
    writeFileSync(
      file,
      `global
  nbthread 1
  maxconn 4096
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  http-reuse always
frontend outbound
  bind 127.0.0.1:${outbound}
  default_backend api
backend api
  server api 127.0.0.1:${inbound} ssl crt ${folder}/web-both.pem ca-file ${folder}/ca.pem verify required ssl-min-ver TLSv1.3
frontend inbound
  bind 127.0.0.1:${inbound} ssl crt ${folder}/api-both.pem ca-file ${folder}/ca.pem verify required ssl-min-ver TLSv1.3
  default_backend app
backend app
  server app 127.0.0.1:${service}
`,
    );
    return launch('haproxy', ['-q', '-db', '-f', file]);
  },
};
