/** mTLS adds nothing to a route: it decides listeners and clusters (see `listeners.ts`, `clusters.ts`). */
import type { CompilePolicy } from './policy.ts';

export const compileMtls: CompilePolicy = () => ({});
