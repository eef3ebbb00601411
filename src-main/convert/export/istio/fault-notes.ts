/**
 * Where the callers' policies meet a fault here and do not in Istio: there it acts in the route, before
 * the router that retries, breaks circuits and ejects.
 */
import type { Fault, Mesh, RoutePolicy } from '../../../spec/mesh.ts';
import type { ExportNote } from '../result.ts';
import { isSayable } from './fault-regions.ts';

const SWITCHED_OFF =
  'Istio switches retries and timeouts off on a route with a fault (istio/istio#13705): there, callers do not retry what this fault does to them, nor give up on it, as they did here.';

const UNSEEN =
  'In Istio this fault acts before circuit breakers and outlier detection: there, what it delays or aborts neither fills the one nor counts for the other, as it did here.';

export function faultNotes(mesh: Mesh): ExportNote[] {
  return mesh.faults.filter(isSayable).flatMap((fault) => {
    const { circuitBreaker, outlierDetection } = mesh.traffic[fault.to] ?? {};
    const reasons = [
      ...(policiesOf(mesh, fault).some(givesUp) ? [SWITCHED_OFF] : []),
      ...((circuitBreaker ?? outlierDetection) ? [UNSEEN] : []),
    ];
    const subject = `faults.${fault.name}`;
    return reasons.map((why) => ({ support: 'approximated' as const, subject, why }));
  });
}

function givesUp({ retry, timeout }: RoutePolicy): boolean {
  return retry !== undefined || timeout !== undefined;
}

/** Of all routes that the fault may be met on. */
function policiesOf({ traffic, gateway }: Mesh, { from, to }: Fault): RoutePolicy[] {
  const own = traffic[to];
  const atGateway = gateway.routes.filter(({ service }) => service === to);
  return [
    ...(own ? [own, ...(own.routes ?? []).map(({ policy }) => policy)] : []),
    ...(from === undefined || from === 'gateway' ? atGateway : []).flatMap(
      ({ policy }) => policy ?? [],
    ),
  ];
}
