/**
 * What a connection speaks, from its first bytes, where its port does not say so: as Istio and
 * Envoy's HTTP inspector do it.
 */

/** RFC 9113 §3.4. */
const HTTP2_PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Whether these first bytes open HTTP/2; undefined: more are needed to tell. */
export function isHttp2Preface(bytes: Buffer): boolean | undefined {
  const known = Math.min(bytes.length, HTTP2_PREFACE.length);
  if (HTTP2_PREFACE.compare(bytes, 0, known, 0, known) !== 0) return false;
  return known === HTTP2_PREFACE.length ? true : undefined;
}
