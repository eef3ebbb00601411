/** Problems of the document itself, and those of files that it refers to. */
import type { Problem } from '../../src-main/api/contract/index.ts';

/**
 * A document may take services from compose files, and their problems are told with its own.
 * `path`: of the document.
 */
export function isOwn({ file }: Problem, path: string): boolean {
  return file === path || file === path.split(/[\\/]/).at(-1);
}
