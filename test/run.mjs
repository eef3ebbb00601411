// `npm test`: everything from a clean clone on. Prepares, checks, runs all kinds of tests, and ends
// with one line of counts. `npm test -- unit e2e` runs only these steps. Plain Node: nothing may be
// installed yet.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from '../src-main/cli/launch/prepare.mjs';

const CHECKS = {
  format: ['prettier', '--check', '--log-level=warn', '.'],
  types: ['tsc', '--noEmit'],
  lint: ['eslint', '.', '--max-warnings=0'],
};
const SUITES = ['unit', 'integration', 'e2e', 'fuzz'];

const wanted = process.argv.slice(2);
const reports = mkdtempSync(join(tmpdir(), 'faultline-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };

await prepare();
for (const [name, command] of Object.entries(CHECKS))
  if (isWanted(name)) await check(name, command);
for (const name of SUITES) if (isWanted(name)) await suite(name);
rmSync(reports, { recursive: true, force: true });

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

function isWanted(name) {
  return wanted.length === 0 || wanted.includes(name);
}

/** A check counts as one test. */
async function check(name, command) {
  const done = await step(name, command);
  if (done.code === 0) total.passed++;
  else total.failed++;
  if (done.code !== 0) process.stdout.write(done.output);
}

async function suite(name) {
  const report = join(reports, `${name}.json`);
  const done = await step(name, [
    'vitest',
    'run',
    '--project',
    name,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const counts = readCounts(report);
  total.passed += counts.passed;
  total.skipped += counts.skipped;
  // A run that died without counting has failed, whatever it said before.
  total.failed += done.code !== 0 ? Math.max(1, counts.failed) : counts.failed;
  if (done.code !== 0) process.stdout.write(done.output);
  // A skip for want of a part is a failure where everything is meant to be there.
  if (process.env.CI && counts.needless > 0) {
    total.failed += counts.needless;
    process.stdout.write(`${counts.needless} tests of ${name} were skipped in CI\n`);
  }
}

function readCounts(report) {
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    const skippedTests = result.testResults
      .flatMap((file) => file.assertionResults)
      .filter((test) => test.status === 'pending' || test.status === 'skipped');
    // The one test that needs a binary which not every machine can download.
    const needless = skippedTests.filter(
      (test) => !test.fullName.includes('downloaded Electron'),
    ).length;
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests,
      skipped: skippedTests.length,
      needless,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, needless: 0 };
  }
}

function step(name, [program, ...args]) {
  const began = performance.now();
  process.stdout.write(`${name}… `);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [binOf(program), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const parts = [];
    child.stdout.on('data', (chunk) => parts.push(chunk));
    child.stderr.on('data', (chunk) => parts.push(chunk));
    child.on('close', (code) => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      process.stdout.write(`${code === 0 ? 'ok' : 'FAILED'} (${seconds} s)\n`);
      resolve({ code, output: Buffer.concat(parts).toString() });
    });
  });
}

/** The program's own file, so that no shell and no npm stands in between. */
function binOf(name) {
  const folder = new URL(
    `../node_modules/${name === 'tsc' ? 'typescript' : name}/`,
    import.meta.url,
  );
  const { bin } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
  return new URL(typeof bin === 'string' ? bin : bin[name], folder).pathname;
}
