/** Whole configurations: one per sidecar, and the gateway's. Versions are given by whoever pushes. */
import type { Leaf } from '../../identity/leaf.ts';
import { POD_INBOUND_PORT } from '../../pod/messages.ts';
import { DEFAULT_LIMITS } from '../../proxy/config.ts';
import type {
  IdentityConfig,
  LimitsConfig,
  ListenerConfig,
  ProxyConfig,
} from '../../proxy/config.ts';
import { localityOf } from '../../spec/locality.ts';
import type { GatewayTcpRoute, Mesh, MtlsMode, Service } from '../../spec/mesh.ts';
import { peersOf } from '../../spec/peers.ts';
import { servicePort } from '../../spec/service-port.ts';
import { mirrorTarget } from '../../spec/policies/mirror.ts';
import { isCalledByMtls, mtlsModeOf } from '../../spec/policies/mtls.ts';
import { policyPlaces } from '../../spec/policy-places.ts';
import { LOCAL_CLUSTER, calleeClusters, localCluster } from './clusters.ts';
import { faultyIdentities } from './faulty-identities.ts';
import { GATEWAY } from './input.ts';
import type { Caller, CompileInput, GatewayInput, SidecarInput, Viewpoint } from './input.ts';
import {
  clustersOnPort,
  listenerOnPort,
  localClusterOnPort,
  morePorts,
  onPort,
  routesOnPort,
} from './more-ports.ts';
import { listenerProtocol } from './protocol.ts';
import { publishedListeners, publishedPorts } from './published.ts';
import { gatewayRoutes, gatewayTcpRoutes, inboundRoute, outboundRoutes } from './routes.ts';

export const LOOPBACK = '127.0.0.1';
const ANY_ADDRESS = '0.0.0.0';
export const INBOUND_LISTENER = 'inbound';
/** Of an instance on this machine, for callers in pods. */
export const INBOUND_FOR_PODS = 'inbound|pods';
/** Another port is another listener: the old one drains while the new one serves. */
export function gatewayListener(port: number): string {
  return `gateway|${port}`;
}

/** Where its TLS ends. */
export function gatewayTlsListener(port: number): string {
  return `gateway-tls|${port}`;
}

/** Those that share a port share a listener; port 0 is another one for each. */
export function gatewayTcpListener({ port, name }: GatewayTcpRoute): string {
  return port === 0 ? `gateway|0|${name}` : `gateway|${port}`;
}

export function outboundListener(callee: string): string {
  return `outbound|${callee}`;
}

export function compileSidecar(input: CompileInput, sidecar: SidecarInput): ProxyConfig {
  const { mesh } = input;
  const { id, service, version, index } = sidecar;
  const names = peersOf(service);
  const callees = calleesOf(mesh, names);
  const locality = localityOf(version, index);
  const viewpoint: Viewpoint = sidecar.redirect === undefined ? 'host' : 'pod';
  const caller = { service: service.name, version: version.name, locality, viewpoint };
  return {
    version: 0,
    node: { id, kind: 'sidecar', service: service.name, workloadVersion: version.name },
    ...identity(input, sidecar.leaf, service.name, names),
    limits: limitsOf(mesh),
    listeners: [
      ...inboundListeners(input, sidecar),
      ...callees.flatMap((callee) => outboundListeners(input, sidecar, caller, callee)),
    ],
    clusters: [
      localCluster(input, sidecar),
      ...morePorts(service).map((view) => localClusterOnPort(input, sidecar, view)),
      ...[...callees, ...shadowed(mesh, callees)].flatMap((callee) => [
        ...calleeClusters(input, caller, callee),
        ...morePorts(callee).flatMap((view) => clustersOnPort(input, caller, view)),
      ]),
    ],
  };
}

export function compileGateway(input: CompileInput, gateway: GatewayInput): ProxyConfig {
  const { mesh } = input;
  const { port, locality, tls } = mesh.gateway;
  const { certificateChain, privateKey } = gateway.certificate ?? gateway.leaf;
  const caller = { service: GATEWAY, version: '', locality };
  const routes = gatewayRoutes(input);
  const { tcp = [] } = mesh.gateway;
  const callees = calleesOf(mesh, [
    ...[...mesh.gateway.routes, ...tcp].map(({ service }) => service),
    ...publishedPorts(mesh).map(({ service }) => service.name),
  ]);
  return {
    version: 0,
    node: { id: GATEWAY, kind: 'gateway', service: GATEWAY, workloadVersion: '' },
    ...identity(
      input,
      gateway.leaf,
      GATEWAY,
      callees.map(({ name }) => name),
    ),
    limits: limitsOf(mesh),
    listeners: [
      { ...listener(gatewayListener(port), 'gateway', port), routes },
      ...(tls
        ? [
            {
              ...listener(gatewayTlsListener(tls.port), 'gateway', tls.port),
              tls: { certificateChain, privateKey },
              routes,
            },
          ]
        : []),
      ...tcpListeners(input, tcp),
      ...publishedListeners(input, caller, LOOPBACK),
    ],
    clusters: [...callees, ...shadowed(mesh, callees)].flatMap((callee) => [
      ...calleeClusters(input, caller, callee),
      ...morePorts(callee).flatMap((view) => clustersOnPort(input, caller, view)),
    ]),
  };
}

function tcpListeners(input: CompileInput, tcp: readonly GatewayTcpRoute[]): ListenerConfig[] {
  const names = [...new Set(tcp.map(gatewayTcpListener))];
  return names.map((name) => {
    const routes = tcp.filter((one) => gatewayTcpListener(one) === name);
    return {
      ...listener(name, 'gateway', routes[0]?.port),
      protocol: routes.some(({ host }) => host !== undefined) ? 'tls' : 'tcp',
      routes: gatewayTcpRoutes(input, routes),
    };
  });
}

function limitsOf(mesh: Mesh): LimitsConfig {
  return { ...DEFAULT_LIMITS, ...mesh.limits };
}

function calleesOf(mesh: Mesh, names: readonly string[]): Service[] {
  return mesh.services.filter(({ name }) => names.includes(name));
}

/** Services that get shadows of what is sent to others, without being called themselves. */
function shadowed(mesh: Mesh, callees: readonly Service[]): Service[] {
  const targets = policyPlaces(mesh).flatMap(({ service, policy }) => {
    const callee = callees.find(({ name }) => name === service);
    return (callee && mirrorTarget(mesh, callee, policy)?.service.name) ?? [];
  });
  return calleesOf(mesh, targets).filter((service) => !callees.includes(service));
}

type Place = Omit<ListenerConfig, 'routes'>;

function listener(
  name: string,
  direction: ListenerConfig['direction'],
  port = 0,
  host = LOOPBACK,
): Place {
  return { name, direction, host, port, protocol: 'http', mtls: 'disabled' };
}

function inboundListeners(input: CompileInput, sidecar: SidecarInput): ListenerConfig[] {
  const { service, ports } = sidecar;
  const mtls = inboundMtls(input, service);
  return inboundPlaces(input, sidecar).flatMap((place) => {
    const first = {
      ...place,
      mtls,
      protocol: listenerProtocol(service),
      routes: [inboundRoute(input, service, LOCAL_CLUSTER)],
    };
    const others = morePorts(service).map((view) => ({
      ...listenerOnPort(first, view, ports),
      protocol: listenerProtocol(view.service),
      routes: [inboundRoute(input, service, onPort(LOCAL_CLUSTER, view.port))],
    }));
    return [first, ...others];
  });
}

function outboundListeners(
  input: CompileInput,
  sidecar: SidecarInput,
  caller: Caller,
  callee: Service,
): ListenerConfig[] {
  const first = {
    ...outboundPlace(input, sidecar, callee),
    protocol: listenerProtocol(callee),
    routes: outboundRoutes(input, caller, callee),
  };
  const others = morePorts(callee).map((view) => ({
    ...listenerOnPort(first, view, sidecar.ports),
    protocol: listenerProtocol(view.service),
    routes: routesOnPort(input, caller, view),
    // Not redirected to: it listens where it is called.
    ...(sidecar.redirect === 'none' && { port: view.port }),
  }));
  return [first, ...others];
}

/** In a pod at the port that all know; on this machine once more where pods reach it. */
function inboundPlaces({ pods }: CompileInput, { redirect, ports }: SidecarInput): Place[] {
  if (redirect !== undefined)
    return [listener(INBOUND_LISTENER, 'inbound', POD_INBOUND_PORT, ANY_ADDRESS)];
  const own = listener(INBOUND_LISTENER, 'inbound', ports[INBOUND_LISTENER]);
  if (pods?.hostAddress === undefined) return [own];
  const port = ports[INBOUND_FOR_PODS];
  return [own, listener(INBOUND_FOR_PODS, 'inbound', port, pods.hostAddress)];
}

/** Where nothing can be redirected it listens on the callee's own virtual address and port. */
function outboundPlace(
  { pods }: CompileInput,
  { redirect, ports }: SidecarInput,
  callee: Service,
): Place {
  const name = outboundListener(callee.name);
  if (redirect !== 'none' || !pods) return listener(name, 'outbound', ports[name]);
  return listener(name, 'outbound', servicePort(callee), pods.virtualAddress(callee.name));
}

function inboundMtls({ mesh, inTransition }: CompileInput, service: Service): MtlsMode {
  return inTransition?.has(service.name) ? 'permissive' : mtlsModeOf(mesh, service);
}

/** For all proxies or for none: whether one needs it may change with the next push. */
function identity(
  input: CompileInput,
  leaf: Leaf,
  node: string,
  callees: readonly string[],
): { identity?: IdentityConfig } {
  const { mesh, inTransition } = input;
  const isUsed = mesh.services.some((service) => isCalledByMtls(mtlsModeOf(mesh, service)));
  if (!isUsed && !inTransition?.size) return {};
  const { spiffeId, certificateChain, privateKey } = leaf;
  const own = { spiffeId, certificateChain, privateKey, trustBundle: input.trustBundle };
  return { identity: { ...own, ...faultyIdentities(input, node, callees) } };
}
