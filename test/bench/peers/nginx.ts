import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { launch } from './peer.ts';
import type { Peer } from './peer.ts';

/** nginx tells its version on standard error. */
function version(): string | undefined {
  return /nginx\/([\d.]+)/.exec(spawnSync('nginx', ['-v'], { encoding: 'utf8' }).stderr ?? '')?.[1];
}

export const nginx: Peer = {
  name: 'nginx',
  find() {
    const found = version();
    return found === undefined ? { advice: 'install nginx' } : { version: found };
  },
  start({ outbound, inbound, service, folder }) {
    const file = `${folder}/nginx.conf`;
    const proxy =
      'proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;';
    writeFileSync(
      file,
      `worker_processes 1; daemon off; master_process off; error_log stderr crit; pid ${folder}/nginx.pid;
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 1000000000;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f;
  uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  upstream api { server 127.0.0.1:${inbound}; keepalive 64; keepalive_requests 1000000000; }
  upstream app { server 127.0.0.1:${service}; keepalive 64; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:${outbound} backlog=1024;
    location / { ${proxy} proxy_pass https://api; proxy_ssl_protocols TLSv1.3; proxy_ssl_verify on; proxy_ssl_name api;
      proxy_ssl_certificate ${folder}/web.pem; proxy_ssl_certificate_key ${folder}/web.key;
      proxy_ssl_trusted_certificate ${folder}/ca.pem; }
  }
  server {
    listen 127.0.0.1:${inbound} ssl backlog=1024; ssl_protocols TLSv1.3;
    ssl_certificate ${folder}/api.pem; ssl_certificate_key ${folder}/api.key;
    ssl_client_certificate ${folder}/ca.pem; ssl_verify_client on;
    location / { ${proxy} proxy_pass http://app; }
  }
}
`,
    );
    return launch('nginx', ['-c', file]);
  },
};
