import { flagBadge } from './flag-badge.ts';

/** A fault acted, of whatever kind; what it is, is in the document under its name. */
export const fault = flagBadge('fault', ['DELAY_INJECTED', 'ABORT_INJECTED', 'FAULT_INJECTED']);
