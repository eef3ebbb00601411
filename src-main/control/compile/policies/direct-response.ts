/** The proxy answers by itself. */
import type { CompilePolicy } from './policy.ts';

export const compileDirectResponse: CompilePolicy = ({ policy: { directResponse } }) =>
  directResponse ? { directResponse } : {};
