import { flagBadge } from './flag-badge.ts';

/** The callee could not be connected to, its TLS included (Envoy's UF). */
export const connectFailure = flagBadge('connect-failure', ['CONNECT_FAILURE']);
