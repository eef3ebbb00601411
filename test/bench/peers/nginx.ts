import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { filterHeader, routePrefix, times } from '../work.ts';
import type { Work } from '../work.ts';
import { launch } from './peer.ts';
import type { Peer, PeerSetup } from './peer.ts';

/** nginx tells its version on standard error. */
function version(): string | undefined {
  return /nginx\/([\d.]+)/.exec(spawnSync('nginx', ['-v'], { encoding: 'utf8' }).stderr ?? '')?.[1];
}

/** Debian's package libnginx-mod-stream. */
const STREAM_MODULE = '/usr/lib/nginx/modules/ngx_stream_module.so';

export const nginx: Peer = {
  name: 'nginx',
  find() {
    const found = version();
    return found === undefined ? { advice: 'install nginx' } : { version: found };
  },
  can: ({ speaks }) => speaks !== 'tcp' || existsSync(STREAM_MODULE),
  start(setup) {
    const file = `${setup.folder}/nginx.conf`;
    const { speaks } = setup.work;
    writeFileSync(
      file,
      `${speaks === 'tcp' ? `load_module ${STREAM_MODULE};` : ''}
worker_processes 1; daemon off; master_process off; error_log stderr crit; pid ${setup.folder}/nginx.pid;
events { worker_connections 8192; }
${speaks === 'tcp' ? stream(setup) : http(setup)}
`,
    );
    return launch('nginx', ['-c', file]);
  },
};

function stream({ outbound, inbound, service, folder }: PeerSetup): string {
  return `stream {
  server { listen 127.0.0.1:${outbound} backlog=1024; proxy_pass 127.0.0.1:${inbound}; proxy_ssl on; ${client('proxy', folder)} }
  server { listen 127.0.0.1:${inbound} ssl backlog=1024; ${server(folder)} proxy_pass 127.0.0.1:${service}; }
}`;
}

function http({ outbound, inbound, service, folder, work }: PeerSetup): string {
  const isGrpc = work.speaks === 'grpc';
  const h2 = isGrpc ? ' http2' : '';
  const [toApi, toApp] = isGrpc
    ? [`grpc_pass grpcs://api; ${client('grpc', folder)}`, 'grpc_pass grpc://app;']
    : [
        `${pass(work)} proxy_pass https://api; ${client('proxy', folder)}`,
        `${pass(work)} proxy_pass http://app;`,
      ];
  return `http {
  access_log off; keepalive_requests 1000000000; client_max_body_size 0;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f;
  uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  upstream api { server 127.0.0.1:${inbound}; keepalive 64; keepalive_requests 1000000000; }
  upstream app { server 127.0.0.1:${service}; keepalive 64; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:${outbound}${h2} backlog=1024;
    ${filters(work)}
    ${locations(work, toApi)}
  }
  server {
    listen 127.0.0.1:${inbound} ssl${h2} backlog=1024; ${server(folder)}
    location / { ${toApp} }
  }
}`;
}

function pass({ speaks }: Work): string {
  const connection =
    speaks === 'websocket'
      ? 'proxy_set_header Connection upgrade; proxy_set_header Upgrade $http_upgrade;'
      : 'proxy_set_header Connection "";';
  return `proxy_http_version 1.1; ${connection} proxy_set_header Host $host; proxy_request_buffering off; proxy_max_temp_file_size 0;`;
}

function filters({ filters: count }: Work): string {
  return times(count, (i) => {
    return `if ($http_${filterHeader(i).replaceAll('-', '_')} = on) { return 503; }`;
  }).join('\n    ');
}

function locations({ routes }: Work, to: string): string {
  if (routes === 0) return `location / { ${to} }`;
  return times(routes, (i) => `location ${routePrefix(i)} { ${to} }`).join('\n    ');
}

function client(kind: 'proxy' | 'grpc', folder: string): string {
  return (
    `${kind}_ssl_protocols TLSv1.3; ${kind}_ssl_verify on; ${kind}_ssl_name api; ` +
    `${kind}_ssl_certificate ${folder}/web.pem; ${kind}_ssl_certificate_key ${folder}/web.key; ` +
    `${kind}_ssl_trusted_certificate ${folder}/ca.pem;`
  );
}

function server(folder: string): string {
  return (
    `ssl_protocols TLSv1.3; ssl_certificate ${folder}/api.pem; ssl_certificate_key ${folder}/api.key; ` +
    `ssl_client_certificate ${folder}/ca.pem; ssl_verify_client on;`
  );
}
