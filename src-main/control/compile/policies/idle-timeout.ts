/** The time that nothing of an exchange may move. */
import type { CompilePolicy } from './policy.ts';

export const compileIdleTimeout: CompilePolicy = ({ policy: { idleTimeout } }) =>
  idleTimeout === undefined ? {} : { idleTimeout };
