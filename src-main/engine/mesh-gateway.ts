/** The mesh's gateway: its certificate, its configuration, and the ports that it has. */
import { isDeepStrictEqual } from 'node:util';
import { GATEWAY } from '../control/compile/input.ts';
import type { CompileInput } from '../control/compile/input.ts';
import {
  LOOPBACK,
  compileGateway,
  gatewayListener,
  gatewayTcpListener,
  gatewayTlsListener,
} from '../control/compile/proxies.ts';
import { publishedPorts } from '../control/compile/published.ts';
import type { PushRefusal, Pusher } from '../control/push.ts';
import type { GatewayTcpRoute, Mesh } from '../spec/mesh.ts';
import { gatewayHosts, readGatewayCertificate } from './gateway-certificate.ts';
import type { Leaves } from './leaves.ts';

/** A port of this machine that leads to a service. */
export interface OpenPort {
  readonly service: string;
  readonly host: string;
  readonly port: number;
}

export class MeshGateway {
  readonly #pusher: Pusher;
  readonly #leaves: Leaves;
  /** That its leaf is good for. */
  #hosts: readonly string[] | undefined;

  constructor(pusher: Pusher, leaves: Leaves) {
    this.#pusher = pusher;
    this.#leaves = leaves;
  }

  port({ gateway }: Mesh): number {
    return this.#ports[gatewayListener(gateway.port)] ?? 0;
  }

  url(mesh: Mesh): string {
    return `http://127.0.0.1:${this.port(mesh)}`;
  }

  /** Where its TLS ends; undefined: nowhere. */
  tlsUrl({ gateway: { tls } }: Mesh): string | undefined {
    const port = tls && this.#ports[gatewayTlsListener(tls.port)];
    return port === undefined ? undefined : `https://localhost:${port}`;
  }

  /** Its routes for TCP, with the ports that they have. */
  tcp({ gateway }: Mesh): GatewayTcpRoute[] {
    return (gateway.tcp ?? []).map((route) => ({
      ...route,
      port: this.#ports[gatewayTcpListener(route)] ?? 0,
    }));
  }

  /** Published ports of services, with the ports that they have. */
  published(mesh: Mesh): OpenPort[] {
    return publishedPorts(mesh).map(({ service, port, listener }) => ({
      service: service.name,
      host: port.host ?? LOOPBACK,
      port: this.#ports[listener] ?? 0,
    }));
  }

  /** A refusal means that nothing has changed. */
  async push(mesh: Mesh, input: CompileInput): Promise<PushRefusal[]> {
    const leaf = this.#leafFor(mesh);
    if (!leaf) return [];
    try {
      const certificate = readGatewayCertificate(mesh);
      return await this.#pusher.push([compileGateway(input, { leaf, certificate })]);
    } catch (error) {
      return [{ node: GATEWAY, reason: (error as Error).message }];
    }
  }

  get #ports(): Readonly<Record<string, number>> {
    return this.#pusher.ports(GATEWAY);
  }

  /** Another one where it is to be good for other hosts. */
  #leafFor(mesh: Mesh): ReturnType<Leaves['leaf']> {
    const hosts = gatewayHosts(mesh);
    if (!isDeepStrictEqual(hosts, this.#hosts)) {
      this.#hosts = hosts;
      this.#leaves.issue(GATEWAY, mesh.namespace, GATEWAY, hosts);
    }
    return this.#leaves.leaf(GATEWAY);
  }
}
