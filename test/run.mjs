// `npm test`: everything from a clean clone on. Prepares, checks, runs all kinds of tests, and ends
// with one line of counts. Plain Node: nothing may be installed yet.
//
//   npm test                              all
//   npm test -- lint unit                 these steps
//   npm test -- test/unit/spec            the tests whose path contains that
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from '../src-main/cli/launch/prepare.mjs';

const CHECKS = {
  format: ['prettier', '--check', '--log-level=warn', '.'],
  types: ['tsc', '--noEmit'],
  lint: ['eslint', '.', '--max-warnings=0'],
};
/** The projects of vitest.config.ts; golden files are compared by unit tests. */
const SUITES = ['unit', 'integration', 'e2e', 'fuzz'];
/** Fuzzing by hand takes as long as it was told to, and tells of itself while it does. */
const { FUZZ_RUNS, FUZZ_SECONDS } = process.env;
const isByHand = FUZZ_RUNS !== undefined || FUZZ_SECONDS !== undefined;
/** A step that hangs must not hold up everything for ever; 0: it may. */
const STEP_TIME = isByHand ? 0 : 20 * 60_000;
/** From a step's end until what it started must be gone as well. */
const LEFT_OVER_TIME = 5_000;
/** The only tests that may be skipped where everything is meant to be there. */
const MAY_BE_SKIPPED = 'downloaded Electron';

const asked = process.argv.slice(2);
const names = asked.filter((one) => one in CHECKS || SUITES.includes(one));
const filters = asked.filter((one) => !names.includes(one));
const isWanted = (name) => names.length === 0 || names.includes(name);
const reports = mkdtempSync(join(tmpdir(), 'faultline-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };

await prepare();
if (filters.length === 0) {
  const checks = Object.keys(CHECKS).filter(isWanted);
  await Promise.all(checks.map((name) => check(name)));
}
for (const name of SUITES.filter((one) => isWanted(one) && mayHold(one))) await suite(name);
rmSync(reports, { recursive: true, force: true });

console.log(describe(total));
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/** Whether a filter can lead to tests of this suite: `test/unit/…` leads to no other. */
function mayHold(suiteName) {
  const folders = suiteName === 'unit' ? ['unit', 'golden'] : [suiteName];
  const isElsewhere = (filter) =>
    /^test\/\w+\//.test(filter) && !folders.includes(filter.split('/')[1]);
  return filters.length === 0 || !filters.every(isElsewhere);
}

/** A check counts as one test. */
async function check(name) {
  const { code, output, seconds } = await run(CHECKS[name]);
  const counts = code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  add(name, counts, seconds, output);
}

async function suite(name) {
  console.log(`${name}…`);
  const report = join(reports, `${name}.json`);
  const { code, output, seconds } = await run([
    ...['vitest', 'run', '--project', name, ...filters],
    ...(filters.length > 0 ? ['--passWithNoTests'] : []),
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ]);
  add(name, countsOf(report, code), seconds, output);
}

function add(name, counts, seconds, output) {
  for (const kind of Object.keys(total)) total[kind] += counts[kind] ?? 0;
  const verdict = counts.failed > 0 ? 'FAILED' : 'ok';
  console.log(`${name}: ${verdict}, ${describe(counts)} (${seconds} s)`);
  if (counts.failed > 0 && !isByHand) process.stdout.write(`${output}\n`);
  for (const test of counts.needless ?? [])
    console.log(`skipped, which counts as failed here: ${test}`);
}

/** A run that died without counting has failed, whatever it said before. */
function countsOf(report, code) {
  let result;
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { passed: 0, failed: 1 };
  }
  const skipped = result.testResults
    .flatMap((file) => file.assertionResults)
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ fullName }) => fullName);
  const needless = process.env.CI ? skipped.filter((one) => !one.includes(MAY_BE_SKIPPED)) : [];
  const failed = Math.max(result.numFailedTests, code === 0 ? 0 : 1) + needless.length;
  const left = skipped.length - needless.length;
  return { passed: result.numPassedTests, failed, skipped: left, needless };
}

function describe({ passed, failed, skipped = 0 }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function run([program, ...args]) {
  const began = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [programFile(program), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: STEP_TIME,
    });
    const parts = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part) => parts.push(part));
    }
    if (isByHand) {
      child.stdout.pipe(process.stdout, { end: false });
      child.stderr.pipe(process.stderr, { end: false });
    }
    const finish = (code, why) => {
      if (why) parts.push(Buffer.from(`${why}\n`));
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      resolve({ code, output: Buffer.concat(parts).toString(), seconds });
    };
    child.on('close', (code, signal) => finish(code ?? 1, signal && `ended by ${signal}`));
    child.on('exit', () => {
      const left = 'something that it started still runs, and holds its output open';
      setTimeout(() => finish(1, left), LEFT_OVER_TIME).unref();
    });
  });
}

/** The program's own file, so that no shell and no npm stands in between. */
function programFile(name) {
  const folder = new URL(
    `../node_modules/${name === 'tsc' ? 'typescript' : name}/`,
    import.meta.url,
  );
  const { bin } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
  return fileURLToPath(new URL(typeof bin === 'string' ? bin : bin[name], folder));
}
