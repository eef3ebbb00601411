/** How a pod's network is laid: which names lead to which of its sidecar's listeners, what is open. */
import { POD_INBOUND_PORT } from '../../pod/messages.ts';
import type { HostNames, PodWiring, Redirect } from '../../pod/messages.ts';
import type { Service } from '../../spec/mesh.ts';
import { mtlsModeOf } from '../../spec/policies/mtls.ts';
import { peersOf } from '../../spec/peers.ts';
import { servicePort } from '../../spec/service-port.ts';
import type { CompileInput, SidecarInput } from './input.ts';
import { morePorts, onPort } from './more-ports.ts';
import { LOOPBACK, outboundListener } from './proxies.ts';

/** `sidecar.ports`: those that its listeners have now. */
export function podWiring(input: CompileInput, sidecar: SidecarInput): PodWiring {
  const { mesh, pods, inTransition } = input;
  const { service, workloadPort, ports, redirect } = sidecar;
  const wanted = peersOf(service);
  const peers = mesh.services.filter(({ name }) => wanted.includes(name) && name !== service.name);
  const addressOf = ({ name }: Service): string => pods?.virtualAddress(name) ?? LOOPBACK;
  const redirects = peers.flatMap((peer): Redirect[] => {
    if (redirect === 'none') return [];
    const name = outboundListener(peer.name);
    const first = { port: servicePort(peer), to: ports[name] };
    const others = morePorts(peer).map(({ port }) => ({ port, to: ports[onPort(name, port)] }));
    return [first, ...others].flatMap(({ port, to }) =>
      to === undefined ? [] : [{ address: addressOf(peer), port, to }],
    );
  });
  const all = [
    { port: workloadPort, to: POD_INBOUND_PORT },
    ...morePorts(service).map(({ port, inboundPort }) => ({ port, to: inboundPort })),
  ];
  // What may be spoken to in plain text may be at its own port, and is seen all the same.
  const isOpen = mtlsModeOf(mesh, service) !== 'strict' || inTransition?.has(service.name);
  return {
    names: [
      ...peers.map((peer): HostNames => ({ address: addressOf(peer), names: namesOf(peer) })),
      { address: LOOPBACK, names: namesOf(service) },
    ],
    redirects,
    entries: isOpen ? all : [],
    open: all.map(({ to }) => to),
  };
}

function namesOf({ name, aliases = [] }: Service): string[] {
  return [...new Set([name, ...aliases])];
}
