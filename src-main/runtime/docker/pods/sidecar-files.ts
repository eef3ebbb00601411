/** What the sidecar's image is made of: the built program and the parts that it is split into. */
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** As the bundler writes them, above all else: `import { a } from "./chunks/a.js";`, one to a line. */
const STATEMENT = /^import\b(?:[^"]*\bfrom)?\s*"([^"]+)";?$/;
const DYNAMIC = /\bimport\("([^"\n]+)"\)/g;

/**
 * The file and all that it imports, by their paths below the file's folder.
 * @throws Error where it imports a package, which an image would not have
 */
export async function sidecarFiles(entry: string): Promise<Map<string, string>> {
  const folder = dirname(entry);
  const files = new Map<string, string>();
  const wanted = [entry];
  for (let path = wanted.pop(); path !== undefined; path = wanted.pop()) {
    const name = relative(folder, path);
    if (files.has(name)) continue;
    const text = await readFile(path, 'utf8');
    files.set(name, text);
    for (const imported of importsOf(text)) {
      if (imported.startsWith('node:')) continue;
      if (!imported.startsWith('.')) throw new Error(`${name} needs the package ${imported}`);
      wanted.push(join(dirname(path), imported));
    }
  }
  return files;
}

function importsOf(text: string): string[] {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !STATEMENT.test(line));
  const statements = lines.slice(0, end).map((line) => STATEMENT.exec(line)?.[1] ?? '');
  return [...statements, ...[...text.matchAll(DYNAMIC)].map(([, name = '']) => name)];
}
