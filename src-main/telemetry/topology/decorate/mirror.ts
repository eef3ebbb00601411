import { flagBadge } from './flag-badge.ts';

/** It was sent a second time, and its answers are compared. */
export const mirror = flagBadge('mirror', ['MIRROR']);
