import { flagBadge } from './flag-badge.ts';

/** Outlier detection kept an instance out when one was chosen. */
export const ejected = flagBadge('ejected', ['EJECTED']);
