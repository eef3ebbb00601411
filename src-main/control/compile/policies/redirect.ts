/** The caller is sent elsewhere. */
import type { CompilePolicy } from './policy.ts';

export const compileRedirect: CompilePolicy = ({ policy: { redirect }, prefix: from }) => {
  if (!redirect) return {};
  const { prefix: to, ...rest } = redirect;
  return { redirect: { ...rest, ...(to !== undefined && { prefix: { from, to } }) } };
};
