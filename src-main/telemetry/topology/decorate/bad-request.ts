import { flagBadge } from './flag-badge.ts';

/** The caller's message broke the protocol or a limit (Envoy's DPE). */
export const badRequest = flagBadge('bad-request', ['DOWNSTREAM_PROTOCOL']);
