/** The host of a mirrored request, as Envoy writes it (ShadowWriterImpl). */

/** `shop:8080` → `shop-shadow:8080`; an address in brackets keeps them. An empty one stays so. */
export function shadowHost(host: string): string {
  if (host === '') return host;
  const port = host.lastIndexOf(':');
  // The colons of an IPv6 address are no port's.
  if (port < 0 || host.endsWith(']')) return `${host}-shadow`;
  return `${host.slice(0, port)}-shadow${host.slice(port)}`;
}
