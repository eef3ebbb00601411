import { flagBadge } from './flag-badge.ts';

/** The callee's answer broke the protocol (Envoy's UPE). */
export const badAnswer = flagBadge('bad-answer', ['UPSTREAM_PROTOCOL']);
