/** Headers of requests and answers. */
import type { CompilePolicy } from './policy.ts';

export const compileHeaders: CompilePolicy = ({ policy: { requestHeaders, responseHeaders } }) => ({
  ...(requestHeaders && { requestHeaders }),
  ...(responseHeaders && { responseHeaders }),
});
