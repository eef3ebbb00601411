import { dirname } from 'node:path';
import { importCompose } from '../../../../../src-main/convert/import/compose/import-compose.ts';
import type {
  ComposeRequest,
  ImportedProject,
} from '../../../../../src-main/convert/import/compose/import-compose.ts';
import type { ServiceInput } from '../../../../../src-main/spec/schema/service.ts';

export interface ProjectOptions extends Partial<ComposeRequest> {
  /** By absolute path; the project's folder is `/p`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** `compose.yaml` in `/p`, beside `files`. */
export function project(text: string, options: ProjectOptions = {}): ImportedProject {
  const { files = {}, environment = {}, ...request } = options;
  const all: Readonly<Record<string, string>> = { '/p/compose.yaml': text, ...files };
  const paths = request.paths ?? ['/p/compose.yaml'];
  return importCompose(
    { folder: dirname(paths[0] ?? ''), ...request, paths },
    {
      files: {
        read: (path) => {
          const found = all[path];
          return found === undefined ? { failure: 'it does not exist' } : { text: found };
        },
      },
      environment: (name) => environment[name],
      home: '/home/me',
    },
  );
}

/** What is to be said, as `file:line:column severity code message; advice`. */
export function findingsOf(text: string, options?: ProjectOptions): string[] {
  return project(text, options).findings.map(
    ({ place, severity, code, message, advice }) =>
      `${place.file.replace('/p/', '')}:${place.line}:${place.column} ${severity} ${code} ${message}${
        advice === undefined ? '' : `; ${advice}`
      }`,
  );
}

/** The one service `a`, of which nothing may be left to say. @throws Error where something is */
export function service(body: string, options?: ProjectOptions, rest = ''): ServiceInput {
  const text = `services:\n  a:\n    image: i\n${indent(body)}\n${rest}`;
  const imported = project(text, options);
  const said = imported.findings;
  if (said.length > 0) throw new Error(JSON.stringify(said, null, 1));
  const found = imported.services['a'];
  if (!found) throw new Error('there is no service a');
  return found;
}

/** What is said of the one service `a`: of its lines, the first is 4. */
export function findingsOfService(body: string, options?: ProjectOptions, rest = ''): string[] {
  return findingsOf(`services:\n  a:\n    image: i\n${indent(body)}\n${rest}`, options);
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}
