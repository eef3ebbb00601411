// What a clone needs before anything can run: its dependencies and its build. Plain Node, since
// nothing is installed yet; it only talks to standard error.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const OLDEST_NODE = [20, 19];
const INSTALLED = join(ROOT, 'node_modules', '.faultline-lock');
const BUILT = join(ROOT, 'out', '.stamp');
const SOURCES = ['src-main', 'src-renderer', 'electron.vite.config.ts', 'package-lock.json'];

/** Installs and builds what is missing or out of date; ends the process where that fails. */
export async function prepare() {
  refuseOldNode();
  install();
  build();
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(
    `Node.js ${OLDEST_NODE.join('.')} or newer is needed, this is ${process.versions.node}: see https://nodejs.org`,
  );
}

/** Installs dependencies where they are missing or the lock file is another one. */
export function install() {
  const lock = hashOf(readFileSync(join(ROOT, 'package-lock.json')));
  if (read(INSTALLED) === lock) return;
  step('installing dependencies', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(INSTALLED, lock);
}

/** Builds where a source is another one than at the last build. */
export function build() {
  const sources = hashOf(
    SOURCES.flatMap((name) => filesOf(join(ROOT, name)))
      .map(fingerprint)
      .join('\n'),
  );
  if (read(BUILT) === sources) return;
  step('building', process.execPath, [
    join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js'),
    'build',
  ]);
  mkdirSync(dirname(BUILT), { recursive: true });
  writeFileSync(BUILT, sources);
}

function step(what, program, args) {
  process.stderr.write(`faultline: ${what}…`);
  const began = performance.now();
  const shell = process.platform === 'win32' && program === 'npm';
  const done = spawnSync(program, args, {
    cwd: ROOT,
    encoding: 'utf8',
    shell,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status !== 0) {
    process.stderr.write(' failed\n');
    process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}\n`);
    fail(`${what} failed (see above)`);
  }
  process.stderr.write(` ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
}

function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function fingerprint(file) {
  return `${file} ${hashOf(readFileSync(file))}`;
}

function hashOf(content) {
  return createHash('sha256').update(content).digest('hex');
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function fail(message) {
  process.stderr.write(`faultline: ${message}\n`);
  process.exit(3);
}
