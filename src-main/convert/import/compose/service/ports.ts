/** The ports of a service: those that it says it has, those that its image is known for. */
import type { ServiceInput } from '../../../../spec/schema/service.ts';
import type { ServiceProtocol } from '../../../../spec/mesh.ts';
import { knownPorts, protocolByNumber } from '../images.ts';
import { child, itemsOf, textOf } from '../node.ts';
import type { ComposeNode, MapNode } from '../node.ts';
import type { ServiceContext } from './context.ts';

export interface ServicePorts {
  /** The first one is the service's; without it nobody has said anything. */
  readonly ports: readonly PortFact[];
  readonly publish: readonly PublishedFact[];
}

export interface PortFact {
  readonly port: number;
  readonly protocol: ServiceProtocol | undefined;
}

export interface PublishedFact {
  readonly port: number;
  readonly hostPort: number;
  readonly host: string | undefined;
  readonly node: ComposeNode;
}

/**
 * `asked`: ports that others are known to ask it at. What its image is known for comes first, where the
 * file speaks of it or speaks of none.
 */
export function portsOf(
  service: MapNode,
  asked: readonly number[],
  context: ServiceContext,
): ServicePorts {
  const known = knownPorts(textOf(child(service, 'image')) ?? '');
  const published = itemsOf(child(service, 'ports')).flatMap(
    (item) => publishedOf(item, context) ?? [],
  );
  const mentioned = new Set([
    ...exposedOf(service, context),
    ...published.map(({ port }) => port),
    ...healthPorts(service),
    ...asked,
  ]);
  const said = new Map(published.map(({ port, appProtocol }) => [port, appProtocol]));
  const first = known.map(({ port }) => port).filter((port) => mentioned.has(port));
  const all = mentioned.size === 0 ? known.map(({ port }) => port) : [...first, ...mentioned];
  return {
    ports: [...new Set(all)].map((port) => ({
      port,
      protocol:
        said.get(port) ??
        known.find((one) => one.port === port)?.protocol ??
        protocolByNumber(port),
    })),
    publish: published.map(({ port, hostPort, host, node }) => ({ port, hostPort, host, node })),
  };
}

interface Published extends PublishedFact {
  readonly appProtocol: ServiceProtocol | undefined;
}

function publishedOf(item: ComposeNode, { findings, name }: ServiceContext): Published | undefined {
  const port = Number(textOf(child(item, 'target')));
  const transport = textOf(child(item, 'protocol')) ?? 'tcp';
  if (transport !== 'tcp') {
    const why = `only TCP goes through the mesh, and this is ${transport.toUpperCase()}`;
    findings.leftOut(`port ${port} of ${name}`, why, item.place);
    return undefined;
  }
  const published = textOf(child(item, 'published')) ?? '';
  const host = textOf(child(item, 'host_ip'));
  return {
    port,
    hostPort: Number(published),
    host: host === undefined || isLoopback(host) ? undefined : host,
    node: item,
    appProtocol: appProtocol(textOf(child(item, 'app_protocol'))),
  };
}

function isLoopback(host: string): boolean {
  return host === '' || host === '127.0.0.1' || host === 'localhost' || host === '::1';
}

/** Kubernetes' words for it, which the Compose specification has taken over. */
function appProtocol(text: string | undefined): ServiceProtocol | undefined {
  const known: Readonly<Record<string, ServiceProtocol>> = {
    http: 'http',
    'kubernetes.io/ws': 'http',
    http2: 'http2',
    'kubernetes.io/h2c': 'http2',
    grpc: 'grpc',
    https: 'tls',
    tls: 'tls',
    tcp: 'tcp',
  };
  return text === undefined ? undefined : known[text.toLowerCase()];
}

function exposedOf(service: MapNode, { findings, name }: ServiceContext): number[] {
  return itemsOf(child(service, 'expose')).flatMap((item) => {
    const [, from, to = from, transport = 'tcp'] =
      /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(\w+))?$/.exec(textOf(item) ?? '') ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (from === undefined || first < 1 || last > 65_535 || last < first) {
      findings.wrong(`"${textOf(item) ?? ''}" is no port`, item.place);
      return [];
    }
    if (transport !== 'tcp') {
      findings.leftOut(`port ${first} of ${name}`, 'only TCP goes through the mesh', item.place);
      return [];
    }
    return Array.from({ length: Math.min(last - first + 1, 1000) }, (_, i) => first + i);
  });
}

/** Ports of the machine itself that a healthcheck asks: `curl http://localhost:8080/health`. */
function healthPorts(service: MapNode): number[] {
  const test = itemsOf(child(child(service, 'healthcheck'), 'test'));
  const text = test.map((item) => textOf(item) ?? '').join(' ');
  const found = text.matchAll(/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])[:/ ](\d{2,5})\b/g);
  return [...found].map(([, port]) => Number(port)).filter((port) => port > 0 && port <= 65_535);
}

/** In the document's words. */
export function portsInput({
  ports,
  publish,
}: ServicePorts): Pick<ServiceInput, 'port' | 'ports' | 'protocol' | 'publish'> {
  const [first, ...others] = ports;
  return {
    ...(first && { port: first.port }),
    ...(first?.protocol && { protocol: first.protocol }),
    ...(others.length > 0 && {
      ports: others.map(({ port, protocol }) => (protocol ? { port, protocol } : port)),
    }),
    ...(publish.length > 0 && {
      publish: publish.map(({ port, hostPort, host }) => ({
        port,
        hostPort,
        ...(host !== undefined && { host }),
      })),
    }),
  };
}
