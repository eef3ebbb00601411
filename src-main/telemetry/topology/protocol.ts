import { HopFlag } from '../../proxy/hop.ts';

/**
 * What flows over an edge, as a person names it: `http/1.0`, `http/1.1`, `h2`, `grpc`, `websocket`,
 * `tcp` or `tls`. `grpcStatus`: -1 where there was none.
 */
export function protocolOf(protocol: string, flags: number, grpcStatus: number): string {
  if (grpcStatus >= 0) return 'grpc';
  const isTunnel = (flags & HopFlag.TUNNEL) !== 0;
  return isTunnel && protocol.startsWith('http/') ? 'websocket' : protocol;
}
