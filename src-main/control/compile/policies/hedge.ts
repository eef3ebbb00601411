/** Tries beside each other. */
import type { CompilePolicy } from './policy.ts';

export const compileHedge: CompilePolicy = ({ policy: { hedge } }) => (hedge ? { hedge } : {});
