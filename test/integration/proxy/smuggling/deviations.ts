/**
 * What Faultline forwards although two of its peers refuse it, each with the reason. The other
 * direction needs no table: where peers repair what is broken (a bare LF, blanks around a chunk's size,
 * a Host that is none), Faultline refuses.
 */
export const DEVIATIONS: Readonly<Record<string, string>> = {
  asterisk:
    'OPTIONS * is legal and has one meaning (RFC 9112 §3.2.4). nginx does not implement it; Envoy has no route for it here.',
};
