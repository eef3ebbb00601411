/** Faults of identity: where there is no mutual TLS, nobody shows who he is. */
import { isCalledByMtls, mtlsModeOf } from '../../../spec/policies/mtls.ts';
import { faultCompiler } from './fault.ts';
import type { CompilePolicy } from './policy.ts';

const compile = faultCompiler('identity');

export const compileIdentity: CompilePolicy = (subject) =>
  isCalledByMtls(mtlsModeOf(subject.mesh, subject.callee)) ? compile(subject) : {};
