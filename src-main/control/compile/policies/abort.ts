/** Abort faults. */
import { compileFaults } from './fault.ts';
import type { CompilePolicy } from './policy.ts';

export const compileAbort: CompilePolicy = (subject) => compileFaults(subject, 'abort');
