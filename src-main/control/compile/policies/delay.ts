/** Delay faults. */
import { compileFaults } from './fault.ts';
import type { CompilePolicy } from './policy.ts';

export const compileDelay: CompilePolicy = (subject) => compileFaults(subject, 'delay');
