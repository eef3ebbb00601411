/** The time for a whole exchange. */
import type { CompilePolicy } from './policy.ts';

export const compileTimeout: CompilePolicy = ({ traffic }) => ({ timeout: traffic?.timeout ?? 0 });
