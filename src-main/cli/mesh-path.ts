/** From what was typed to the document's file. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { COMPOSE_NAMES } from '../convert/import/compose/draft.ts';
import { CommandFailed, ExitCode } from './exit-code.ts';

const NAMES = ['faultline.yaml', 'faultline.yml', ...COMPOSE_NAMES];

/** A file, or a folder with a `faultline.yaml` or a compose file. @throws CommandFailed where there is none. */
export function meshPath(given: string): string {
  const path = resolve(given);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new CommandFailed(ExitCode.USAGE, `${given} does not exist`);
  if (!stat.isDirectory()) return path;
  const found = NAMES.map((name) => join(path, name)).find((file) => existsSync(file));
  if (found) return found;
  throw new CommandFailed(
    ExitCode.USAGE,
    `there is no ${NAMES[0]} and no ${COMPOSE_NAMES[0]} in ${given}`,
  );
}
