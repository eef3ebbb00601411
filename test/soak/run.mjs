// `npm run soak [-- --requests N --settle MINUTES]`: many requests through the gateway and four hops over 64
// connections, while faults are switched on and off and other policies are changed, all through the API.
//
//   None may be lost: each comes back, with its own nonce, or was killed by a fault; and the engine's
//   account of the killed, edge by edge, must be the callers' to the last request.
//   The engine's memory and open files must stay flat, once what it keeps on purpose is full: requests,
//   and a quarter of an hour of figures. A shorter run says that it does not judge them.
//
// Ends with 1 where one of these does not hold.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepare } from '../../src-main/cli/launch/prepare.mjs';
import { Ledger } from './ledger.mjs';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    settle: { type: 'string', default: '16' },
  },
});
const REQUESTS = Number(values.requests);
/** Milliseconds until the stores are full. */
const SETTLE = Number(values.settle) * 60_000;
const CONNECTIONS = 64;
/** Memory goes up and down with the collector: of each part of the run the lowest sample counts. */
const PARTS = 10;
/** Milliseconds between two samples. */
const SAMPLE_EVERY = 2_000;
/** Below there is nothing to be judged by. */
const LEAST_SAMPLES = 5 * PARTS;
/** Milliseconds between two edits. */
const EDIT_EVERY = 250;
/** What the second half's low point may have more than the first's: above is a leak. */
const MOST_GROWTH = 1.1;
const MOST_MORE_FILES = 64;
/** Faults of the document that kill requests, and where. */
const KILLING = ['broken', 'cut'];
const DELAYING = ['slow', 'slow-to-connect'];
/** Where they act; delays act at the gateway alone, so that the two can be told apart. */
const INNER_EDGES = ['one->two', 'two->three', 'three->four'];

await prepare();
const cli = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
// Edits change the document's file: a copy of it.
const folder = mkdtempSync(join(tmpdir(), 'faultline-soak-'));
cpSync(fileURLToPath(new URL('.', import.meta.url)), folder, { recursive: true });
const engine = spawn(process.execPath, [cli, 'up', '--json', join(folder, 'faultline.yaml')], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const first = await new Promise((resolve) =>
  engine.stdout.once('data', (line) => resolve(JSON.parse(String(line).split('\n')[0]))),
);
engine.stdout.resume();
const ledger = await Ledger.open(first.app.url);

const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const samples = [];
const strange = [];
let sent = 0;
let answered = 0;
let killed = 0;
let isOver = false;
const began = performance.now();
const edits = editNowAndThen();
const sampling = setInterval(() => samples.push(sample()), SAMPLE_EVERY);
await Promise.all(Array.from({ length: CONNECTIONS }, work));
const seconds = (performance.now() - began) / 1000;
isOver = true;
clearInterval(sampling);
await edits;
await untilAccounted();
agent.destroy();
ledger.close();
engine.kill('SIGTERM');
await new Promise((resolve) => engine.once('exit', resolve));
rmSync(folder, { recursive: true, force: true });
process.exitCode = report() ? 0 : 1;

async function work() {
  while (sent < REQUESTS) {
    const nonce = `n${sent++}`;
    const { status, body } = await get(`/${nonce}`);
    if (status === 200 && body === nonce) answered++;
    else if (isKilled(status, body)) killed++;
    else strange.push(`${nonce}: ${status} ${body.slice(0, 200)}`);
  }
}

/** By its own words; whether the engine knows of it as well is seen at the end. */
function isKilled(status, body) {
  return status === 503 && (body === 'killed' || body.includes('on purpose (upstream-reset)'));
}

function get(path) {
  return new Promise((resolve) => {
    const request = http.get(first.gateway.url + path, { agent }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode, body }));
      response.on('error', () => resolve({ status: response.statusCode, body: `${body} cut off` }));
    });
    request.on('error', (error) => resolve({ status: 0, body: error.message }));
  });
}

/** One after the other: each is made on the version that the one before it made. */
async function editNowAndThen() {
  const on = new Set();
  for (let turn = 0; !isOver; turn++) {
    await ledger.edit(nextEdit(turn, on));
    await new Promise((resolve) => setTimeout(resolve, EDIT_EVERY));
  }
}

function nextEdit(turn, on) {
  const faults = [...KILLING, ...DELAYING];
  if (turn % 7 === 5) return { kind: 'set-timeout', service: 'one', timeout: 20_000 + turn };
  if (turn % 7 === 6) {
    return { kind: 'set-retry', service: 'four', retry: { attempts: turn % 3, on: ['reset'] } };
  }
  const name = faults[turn % faults.length];
  const enabled = !on.has(name);
  if (enabled) on.add(name);
  else on.delete(name);
  return { kind: 'switch-fault', name, enabled };
}

/** The figures come some time behind the answers. */
async function untilAccounted() {
  const end = performance.now() + 15_000;
  while (ledger.total('gateway->one') < REQUESTS && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function sample() {
  const pages = Number(readFileSync(`/proc/${engine.pid}/statm`, 'utf8').split(' ')[1]);
  const files = readdirSync(`/proc/${engine.pid}/fd`).length;
  const at = performance.now() - began;
  return { at, memory: Math.round((pages * 4096) / 1024 / 1024), files };
}

/** Of each part. */
function lowest(all) {
  const part = (i) =>
    all.slice(Math.floor((i * all.length) / PARTS), Math.floor(((i + 1) * all.length) / PARTS));
  return Array.from({ length: PARTS }, (_, i) => Math.min(...part(i)));
}

/** Undefined: the run was over too soon after the stores were full. */
function flatness() {
  const settled = samples.filter(({ at }) => at >= SETTLE);
  if (settled.length < LEAST_SAMPLES) return undefined;
  const memory = lowest(settled.map((one) => one.memory));
  const files = lowest(settled.map((one) => one.files));
  const growth = Math.min(...memory.slice(PARTS / 2)) / Math.min(...memory.slice(0, PARTS / 2));
  return { memory, files, growth };
}

/** Says what was found; returns whether all of it is well. */
function report() {
  const byEngine = INNER_EDGES.map((edge) => ledger.edges[edge]?.injected ?? 0);
  const killedByEngine = byEngine.reduce((sum, one) => sum + one, 0);
  const gateway = ledger.edges['gateway->one'];
  const flat = flatness();
  const verdicts = {
    'every request came back or was killed by a fault': strange.length === 0,
    'the engine counted as many requests as were sent': ledger.total('gateway->one') === REQUESTS,
    'the engine counted as many killed on the edges as the callers saw': killedByEngine === killed,
    'and as many failed at the gateway': gateway?.failed === killed,
    'some were killed, and policies were changed': killed > 0 && ledger.edits > 0,
    'the account is whole': !ledger.isBroken,
    ...(flat && {
      'memory is flat': flat.growth <= MOST_GROWTH,
      'open files are flat': flat.files.at(-1) - flat.files[0] <= MOST_MORE_FILES,
    }),
  };
  const rate = (REQUESTS / seconds).toFixed(0);
  console.log(`${REQUESTS} requests in ${seconds.toFixed(1)} s (${rate}/s), ${ledger.edits} edits`);
  console.log(`answered ${answered}, killed ${killed}, lost or mixed up ${strange.length}`);
  console.log(
    `the engine: ${JSON.stringify(gateway)} at the gateway, killed ${byEngine.join(' + ')}`,
  );
  tellFlatness(flat);
  for (const one of strange.slice(0, 10)) console.log(`  ${one}`);
  for (const [what, holds] of Object.entries(verdicts))
    console.log(`${holds ? 'ok' : 'NOT SO'}: ${what}`);
  return Object.values(verdicts).every(Boolean);
}

function tellFlatness(flat) {
  const all = samples.map(({ memory }) => memory);
  console.log(`memory of the engine, MiB, from the start: ${lowest(all).join(' ')}`);
  if (flat) {
    const { memory, files, growth } = flat;
    console.log(`once its stores were full: ${memory.join(' ')} (× ${growth.toFixed(2)})`);
    console.log(`its open files: ${files.join(' ')}`);
  } else {
    const minutes = (SETTLE + LEAST_SAMPLES * SAMPLE_EVERY) / 60_000;
    console.log(`not judged: whether they stay flat, which takes ${minutes.toFixed(0)} minutes`);
  }
}
