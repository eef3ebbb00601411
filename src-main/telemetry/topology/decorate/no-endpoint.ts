import { flagBadge } from './flag-badge.ts';

/** There was no instance to send it to (Envoy's UH). */
export const noEndpoint = flagBadge('no-endpoint', ['NO_ENDPOINT']);
