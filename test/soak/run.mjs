// `npm run soak [-- <requests>]`: many requests through the gateway and four hops over 64 connections.
// None may be lost, none mixed up (each answer carries its request's nonce), and the engine's memory
// must stay flat. Ends with 1 where one of these does not hold.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { prepare } from '../../src-main/cli/launch/prepare.mjs';

const REQUESTS = Number(process.argv[2] ?? 100_000);
const CONNECTIONS = 64;
/** The engine's memory after the last tenth, against the one after the second: more is a leak. */
const MOST_GROWTH = 1.25;

await prepare();
const cli = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const mesh = fileURLToPath(new URL('faultline.yaml', import.meta.url));
const engine = spawn(process.execPath, [cli, 'up', '--json', mesh], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const first = await new Promise((resolve) =>
  engine.stdout.once('data', (line) => resolve(JSON.parse(String(line).split('\n')[0]))),
);
engine.stdout.resume();

const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const memory = [];
let sent = 0;
let wrong = 0;
const began = performance.now();
await Promise.all(Array.from({ length: CONNECTIONS }, work));
const seconds = (performance.now() - began) / 1000;
agent.destroy();
engine.kill('SIGTERM');
await new Promise((resolve) => engine.once('exit', resolve));

const growth = memory.at(-1) / memory[1];
console.log(
  `${REQUESTS} requests in ${seconds.toFixed(1)} s (${(REQUESTS / seconds).toFixed(0)}/s), ${wrong} lost or mixed up`,
);
console.log(
  `memory of the engine, MiB, by tenths: ${memory.join(' ')} (last / second ${growth.toFixed(2)})`,
);
process.exitCode = wrong > 0 || growth > MOST_GROWTH ? 1 : 0;

async function work() {
  while (sent < REQUESTS) {
    const nonce = `n${sent++}`;
    if (sent % (REQUESTS / 10) === 0) memory.push(residentMiB());
    if ((await get(`/${nonce}`)) !== nonce) wrong++;
  }
}

function get(path) {
  return new Promise((resolve) => {
    const request = http.get(first.gateway.url + path, { agent }, (response) => {
      let text = response.statusCode === 200 ? '' : `status ${response.statusCode} `;
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve(text));
      response.on('error', () => resolve('cut off'));
    });
    request.on('error', (error) => resolve(error.message));
  });
}

function residentMiB() {
  const pages = Number(readFileSync(`/proc/${engine.pid}/statm`, 'utf8').split(' ')[1]);
  return Math.round((pages * 4096) / 1024 / 1024);
}
