/** The way in, for a project that publishes its own ports: what a browser is shown first. */
import type { MeshDocument } from '../../../spec/schema/document.ts';
import type { ServiceInput } from '../../../spec/schema/service.ts';
import { DEFAULT_GATEWAY_PORT } from '../../../spec/document/normalize-gateway.ts';

type GatewayInput = NonNullable<MeshDocument['gateway']>;

/** What people publish the page at that is to be looked at, in this order. */
const FRONT = [80, 443, 8080, 8000, 3000];

/**
 * Every published service that may speak HTTP by its own name, and all else to the one in front. Where
 * the gateway's own port is published, it takes a free one.
 */
export function gatewayInput(services: Readonly<Record<string, ServiceInput>>): GatewayInput {
  const published = Object.entries(services).filter(
    ([, { publish = [], protocol }]) =>
      publish.length > 0 && (protocol === undefined || protocol.startsWith('http')),
  );
  const inFront = front(published);
  const isTaken = Object.values(services).some(({ publish = [] }) =>
    publish.some(({ hostPort }) => hostPort === DEFAULT_GATEWAY_PORT),
  );
  return {
    ...(isTaken && { port: 0 }),
    routes: [
      ...published.map(([service]) => ({ host: `${service}.localhost`, service })),
      ...(inFront === undefined ? [] : [{ name: 'front', service: inFront }]),
    ],
  };
}

function front(published: readonly (readonly [string, ServiceInput])[]): string | undefined {
  const rank = ({ publish = [] }: ServiceInput): number =>
    Math.min(
      ...publish.map(({ hostPort }) => {
        const at = FRONT.indexOf(hostPort);
        return at < 0 ? FRONT.length : at;
      }),
    );
  return published.toSorted(([, one], [, other]) => rank(one) - rank(other))[0]?.[0];
}
