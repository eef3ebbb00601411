/** Names of protocols as people write them. */
const LABELS: Readonly<Record<string, string>> = {
  'http/1.0': 'HTTP/1.0',
  'http/1.1': 'HTTP/1.1',
  h2: 'HTTP/2',
  grpc: 'gRPC',
  websocket: 'WebSocket',
  tcp: 'TCP',
  tls: 'TLS',
  mixed: 'mixed',
};

/** Empty where nothing is known; what has no name of its own is told as it is. */
export function protocolLabel(protocol: string): string {
  return LABELS[protocol] ?? protocol;
}
