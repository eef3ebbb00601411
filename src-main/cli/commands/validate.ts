/** `faultline validate`: checks a document without running it. */
import { formatProblem } from '../../spec/document/format.ts';
import { CommandFailed, ExitCode } from '../exit-code.ts';
import { meshPath } from '../mesh-path.ts';
import { print } from '../output.ts';
import { readMeshFile } from '../read-mesh-file.ts';

export function validate(path: string, options: { json?: boolean }): void {
  const { file, textOf, result } = readMeshFile(meshPath(path));
  const problems = result.ok ? result.warnings : result.problems;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (options.json) {
    print(JSON.stringify({ file, valid: result.ok, problems }));
  } else {
    for (const problem of problems) print(formatProblem(problem, textOf(problem.file)));
    if (result.ok) print(`${file} is valid: ${result.mesh.services.length} services`);
  }
  if (!result.ok) {
    throw new CommandFailed(
      ExitCode.MESH_WRONG,
      `${file} has ${errors} ${errors === 1 ? 'error' : 'errors'}`,
    );
  }
}
