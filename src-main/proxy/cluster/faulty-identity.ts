/**
 * Connections on which one side is not who it should be, on purpose: opened for one request, never
 * shared and never used again, so that a share of the requests is one of requests, not connections.
 */
import type { IdentityFaultConfig } from '../config/fault.ts';
import type { Connecting, OnReady } from './connect.ts';
import type { Protocol } from '../exchange/streams.ts';
import { faultyServerName } from '../listener/tls-material.ts';
import { EndpointPool } from './endpoint-pool.ts';
import type { OnFailure, PoolOptions, Waiter } from './endpoint-pool.ts';

/** A connection that is being waited for. */
export interface Acquiring {
  /** The waiter does not want it any more. */
  cancel(): void;
}

/** @param options of the pool that would have been asked for a good connection. */
export function acquireFaulty(
  options: PoolOptions,
  fault: IdentityFaultConfig,
  protocol: Protocol,
  waiter: Waiter,
): Acquiring {
  const pool = new EndpointPool(faultyOptions(options, fault));
  const once: Waiter = {
    ...(waiter.hold && { hold: waiter.hold }),
    onConnection(stream, fresh) {
      waiter.onConnection(stream, fresh);
      // Now that the request is on its way, the connection ends with it.
      pool.drain();
    },
    onConnectFailure: (code, detail) => waiter.onConnectFailure(code, detail),
  };
  pool.acquire(once, protocol);
  return {
    cancel() {
      pool.cancel(once);
      pool.destroy();
    },
  };
}

/** As `acquireFaulty`, for a tunnel. */
export function openFaultyTunnel(
  options: PoolOptions,
  fault: IdentityFaultConfig,
  onReady: OnReady,
  onFailure: OnFailure,
): Connecting {
  return new EndpointPool(faultyOptions(options, fault)).openTunnel(onReady, onFailure);
}

function faultyOptions(options: PoolOptions, { shows, side }: IdentityFaultConfig): PoolOptions {
  const { mtls, ...plain } = options;
  // In plain text nobody shows anything.
  if (!mtls || shows === 'plainText') return plain;
  if (side === 'server')
    return { ...plain, mtls: { ...mtls, serverName: faultyServerName(shows) } };
  const clientContext = mtls.material.faulty.get(shows);
  if (!clientContext) return options;
  return { ...plain, mtls: { ...mtls, material: { ...mtls.material, clientContext } } };
}
