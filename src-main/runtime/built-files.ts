/** Where the built files are: from the sources as from the bundle. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of Faultline's package.json, above whatever file this code was bundled into. */
export function packageFolder(): string {
  let folder = import.meta.dirname;
  for (;;) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && isOurs(file)) return folder;
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error(`no package.json of faultline above ${import.meta.dirname}`);
    folder = parent;
  }
}

function isOurs(file: string): boolean {
  return (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'faultline';
}

/** The path of a file in `out/main`. @throws Error where the project has not been built. */
export function builtFile(name: string): string {
  const file = join(packageFolder(), 'out', 'main', name);
  if (!existsSync(file)) throw new Error(`${file} is missing: build first with "npm run build"`);
  return file;
}
