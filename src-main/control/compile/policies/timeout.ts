/** The time for a whole exchange. */
import type { CompilePolicy } from './policy.ts';

export const compileTimeout: CompilePolicy = ({ policy }) => ({ timeout: policy.timeout ?? 0 });
