import { flagBadge } from './flag-badge.ts';

/** It went to a place further away than the nearest, since too few there were well. */
export const failover = flagBadge('failover', ['FAILOVER']);
