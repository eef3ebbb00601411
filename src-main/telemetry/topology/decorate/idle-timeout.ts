import { flagBadge } from './flag-badge.ts';

/** Nothing moved for too long (Envoy's SI). */
export const idleTimeout = flagBadge('idle-timeout', ['IDLE_TIMEOUT']);
