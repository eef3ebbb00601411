/** Another path or host. */
import type { CompilePolicy } from './policy.ts';

export const compileRewrite: CompilePolicy = ({ policy: { rewrite }, prefix: from }) => {
  if (!rewrite) return {};
  const { prefix: to, ...rest } = rewrite;
  return { rewrite: { ...rest, ...(to !== undefined && { prefix: { from, to } }) } };
};
