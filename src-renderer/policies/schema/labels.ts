/** Keys of the document as labels. Pure. */

/** Where taking the key apart would not do. */
const WORDS: Readonly<Record<string, string>> = {
  consecutive5xx: 'Failures in a row',
  consecutiveGatewayErrors: 'Gateway errors in a row',
  consecutiveLocalOriginFailures: 'Without an answer, in a row',
  grpc: 'gRPC service',
  grpcStatus: 'gRPC status',
  maxEjectionPercent: 'Left out at most',
  minWeightPercent: 'Share at first',
  on: 'Try again when',
  tcp: 'TCP connection',
  tcpKeepalive: 'TCP keepalive',
  ttl: 'Cookie kept for',
};

/** `baseEjectionTime` → `Base ejection time`. */
export function labelOf(key: string): string {
  const known = WORDS[key];
  if (known !== undefined) return known;
  const spaced = key.replace(/([a-z])([A-Z0-9])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
