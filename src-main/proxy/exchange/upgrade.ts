/** A request that becomes a tunnel (RFC 9110 §7.8): WebSocket, and whatever else both sides agree on. */
import type { Clock } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { RequestHead } from '../codec/http1/request-head.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import { HopFlag } from '../hop.ts';
import type { RequestView } from '../router/match.ts';
import { TunnelFaults } from '../tunnel/tunnel-faults.ts';
import { failureOfEnd } from '../tunnel/tunnel.ts';
import type { TunnelSide } from '../tunnel/tunnel.ts';
import type { Attempt } from './attempt.ts';
import { noteFailure } from './hop-log.ts';
import type { Downstream } from './streams.ts';

/** An upgrade with a body would leave it open where the tunnel begins. */
export function mayUpgrade({ method, minorVersion, chunked, contentLength }: RequestHead): boolean {
  return method === 'GET' && minorVersion === 1 && !chunked && contentLength <= 0;
}

export interface Upgrade {
  /** The head of the 101. */
  readonly head: ResponseHead;
  /** Named by the service, else by the caller. */
  readonly protocol: string;
  readonly service: TunnelSide;
  /** The try that was answered so. */
  readonly attempt: Attempt;
  readonly request: RequestView;
  readonly clock: Clock;
  /** Of the route; undefined: the proxy's own for tunnels. */
  readonly idleTimeout: Milliseconds | undefined;
}

/** Joins both sides. `tell` writes the hop, as long as the tunnel is open and when it has ended. */
export function startTunnel(
  downstream: Downstream,
  { head, protocol, service, attempt, request, clock, idleTimeout }: Upgrade,
  tell: (sent: number, received: number) => void,
): void {
  const { hop, version, instance } = attempt;
  // What was made of the message's body is made of the tunnel's bytes from here on.
  const faults = new TunnelFaults({ clock, hop, request, version, instance, connectTimeout: 0 });
  faults.inherit(attempt.shapes);
  hop.protocol = protocol;
  hop.flags |= HopFlag.TUNNEL;
  downstream.startTunnel({ ...head, upgrade: protocol }, service, {
    idleTimeout,
    onStart: (tunnel) => faults.attach(tunnel),
    onFaultsChanged: (began) => faults.onChanged(began.get(hop.route) ?? []),
    onOpen: ({ sent, received }) => {
      hop.flags |= HopFlag.OPEN;
      tell(sent, received);
      hop.flags &= ~HopFlag.OPEN;
    },
    onEnd: ({ sent, received }, end) => {
      if (end === 'fault') hop.flags |= HopFlag.ABORT_INJECTED;
      const failure = failureOfEnd(end);
      if (failure !== undefined) noteFailure(hop, failure);
      tell(sent, received);
    },
  });
}
