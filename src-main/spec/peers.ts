/** Whom a service may call. */
import type { Service } from './mesh.ts';

/** Those that it is said to call, then those that it reaches besides; each once. */
export function peersOf({ calls, reaches = [] }: Pick<Service, 'calls' | 'reaches'>): string[] {
  return [...new Set([...calls, ...reaches])];
}
