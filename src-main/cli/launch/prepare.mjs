// What a clone needs before anything can run: its dependencies and its build. Plain Node, since
// nothing is installed yet; it only talks to standard error.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const OLDEST_NODE = [20, 19];
const INSTALLED = join(ROOT, 'node_modules', '.faultline-lock');
const BUILT = join(ROOT, 'out', '.stamp');
const SOURCES = ['src-main', 'src-renderer', 'electron.vite.config.ts', 'package-lock.json'];
/** As the command's other ends: the mesh could not be started. */
const NOT_STARTED = 3;

/** Installs and builds what is missing or out of date; ends the process where that fails. */
export async function prepare() {
  refuseOldNode();
  await install();
  await build();
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(
    `Node.js ${OLDEST_NODE.join('.')} or newer is needed, this is ${process.versions.node}: see https://nodejs.org`,
  );
}

/** Installs dependencies where they are missing or the lock file is another one. */
async function install() {
  const lock = hashOf(readFileSync(join(ROOT, 'package-lock.json')));
  if (read(INSTALLED) === lock) return;
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await step('installing dependencies', 'npm', ['ci', ...quiet]);
  writeFileSync(INSTALLED, lock);
}

/** Builds where a source is another one than at the last build. */
async function build() {
  const sources = hashOf(
    SOURCES.flatMap((name) => filesOf(join(ROOT, name)))
      .map(fingerprint)
      .join('\n'),
  );
  if (read(BUILT) === sources) return;
  const program = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js');
  await step('building', process.execPath, [program, 'build']);
  mkdirSync(dirname(BUILT), { recursive: true });
  writeFileSync(BUILT, sources);
}

/** Says what is done and for how long; what the program says is shown only where it fails. */
async function step(what, program, args) {
  const progress = showProgress(what);
  const child = spawn(program, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    // On Windows npm is a script, which only a shell can start.
    shell: process.platform === 'win32' && program === 'npm',
  });
  const stop = (signal) => {
    child.kill(signal);
    process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => output.push(part));
  const problem = await new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('close', (code) => done(code === 0 ? undefined : `it ended with ${code}`));
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, stop);
  progress.end(problem === undefined ? 'done' : 'failed');
  if (problem === undefined) return;
  process.stderr.write(Buffer.concat(output));
  fail(`${what} failed: ${problem}`);
}

/** A line that counts the seconds where a person looks; elsewhere one line before and one after. */
function showProgress(what) {
  const began = performance.now();
  const line = (end) =>
    `faultline: ${what}… ${end}${((performance.now() - began) / 1000).toFixed(0)} s`;
  const out = process.stderr;
  if (!out.isTTY) {
    out.write(`faultline: ${what}…\n`);
    return { end: (how) => out.write(`${line(`${how} in `)}\n`) };
  }
  const draw = () => out.write(`\r${line('')}`);
  draw();
  const timer = setInterval(draw, 1000);
  return {
    end(how) {
      clearInterval(timer);
      out.write(`\r${line(`${how} in `)}\n`);
    },
  };
}

function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function fingerprint(file) {
  return `${relative(ROOT, file)} ${hashOf(readFileSync(file))}`;
}

function hashOf(content) {
  return createHash('sha256').update(content).digest('hex');
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function fail(message) {
  process.stderr.write(`faultline: ${message}\n`);
  process.exit(NOT_STARTED);
}
