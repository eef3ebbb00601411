/** Proxies of other people, in plain text in front of one service: the judges of the corpus. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Closable } from '../../../../src-main/base/disposable.ts';
import { eventually } from '../../../support/eventually.ts';
import { rawClient } from '../../../support/raw-client.ts';

export interface Peer {
  readonly name: string;
  readonly program: string;
  /** Arguments that make it tell its version and end. */
  readonly version: readonly string[];
  /** Writes its configuration into `folder`; returns the arguments to start it with. */
  configure(folder: string, port: number, service: number): string[];
}

const nginx: Peer = {
  name: 'nginx',
  program: 'nginx',
  version: ['-v'],
  configure(folder, port, service) {
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((one) => `${one}_temp_path ${folder}/${one};`)
      .join(' ');
    return [
      '-c',
      written(
        folder,
        `daemon off; master_process off; error_log stderr crit; pid ${folder}/pid;
events { worker_connections 1024; }
http { access_log off; ${temporary}
  client_header_timeout 1s; client_body_timeout 1s; keepalive_timeout 1s; lingering_close off; client_max_body_size 0;
  upstream service { server 127.0.0.1:${service}; keepalive 8; }
  server { listen 127.0.0.1:${port};
    location / { proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host; proxy_pass http://service; } } }
`,
      ),
    ];
  },
};

const haproxy: Peer = {
  name: 'HAProxy',
  program: 'haproxy',
  version: ['-v'],
  configure: (folder, port, service) => [
    '-q',
    '-db',
    '-f',
    written(
      folder,
      `global
  nbthread 1
defaults
  mode http
  timeout connect 5s
  timeout client 1s
  timeout http-request 1s
  timeout server 5s
  http-reuse always
frontend all
  bind 127.0.0.1:${port}
  default_backend service
backend service
  server service 127.0.0.1:${service}
`,
    ),
  ],
};

const HCM =
  'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';

const envoy: Peer = {
  name: 'Envoy',
  program: process.env['ENVOY_PATH'] ?? 'envoy',
  version: ['--version'],
  configure(folder, port, service) {
    const address = (value: number): object => ({
      socket_address: { address: '127.0.0.1', port_value: value },
    });
    const manager = {
      '@type': HCM,
      stat_prefix: 'all',
      request_headers_timeout: '1s',
      stream_idle_timeout: '1s',
      common_http_protocol_options: { idle_timeout: '1s' },
      route_config: {
        virtual_hosts: [
          {
            name: 'all',
            domains: ['*'],
            routes: [{ match: { prefix: '/' }, route: { cluster: 'service' } }],
          },
        ],
      },
      http_filters: [
        {
          name: 'envoy.filters.http.router',
          typed_config: {
            '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router',
          },
        },
      ],
    };
    const filters = [
      { name: 'envoy.filters.network.http_connection_manager', typed_config: manager },
    ];
    const endpoints = [{ lb_endpoints: [{ endpoint: { address: address(service) } }] }];
    const cluster = {
      name: 'service',
      type: 'STATIC',
      connect_timeout: '5s',
      load_assignment: { cluster_name: 'service', endpoints },
    };
    const listener = { name: 'all', address: address(port), filter_chains: [{ filters }] };
    const config = { static_resources: { listeners: [listener], clusters: [cluster] } };
    return [
      '-c',
      written(folder, JSON.stringify(config), 'envoy.json'),
      ...['--concurrency', '1', '--log-level', 'off', '--use-dynamic-base-id'],
    ];
  },
};

/** Those that are on this machine. */
export function peersHere(): Peer[] {
  return [nginx, haproxy, envoy].filter(({ program, version }) => {
    try {
      execFileSync(program, version, { stdio: 'ignore' });
      return true;
    } catch {
      // Not installed: that is what was asked.
      return false;
    }
  });
}

export async function startPeer(
  peer: Peer,
  service: number,
): Promise<Closable & { readonly port: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-peer-'));
  const port = await freePort();
  const args = peer.configure(folder, port, service);
  const child = spawn(peer.program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  await eventually(async () => (await rawClient(port)).close(), { within: 15_000 });
  return {
    port,
    close: async () => {
      child.kill('SIGKILL');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function written(folder: string, text: string, name = 'peer.conf'): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return port;
}
