/** `npm run bench`: Faultline and its peers on the same work, in one run. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src-main/base/clock.ts';
import { createAuthority } from '../../src-main/identity/authority.ts';
import { measureApp } from './app/measure.ts';
import { missed } from './app/report.ts';
import type { AppReport } from './app/report.ts';
import type { BenchCase } from './cases/case.ts';
import { CASES } from './cases/catalogue.ts';
import { runCase } from './cases/run.ts';
import type { CaseFigures, Plan } from './cases/run.ts';
import type { HistoryFigures } from './history.ts';
import { hasDocker, measureDocker } from './docker.ts';
import type { DockerFigures } from './docker.ts';
import { measureHop } from './hop.ts';
import type { HopFigures } from './hop.ts';
import { envoy } from './peers/envoy.ts';
import { faultline } from './peers/faultline.ts';
import { haproxy } from './peers/haproxy.ts';
import { httpProxy } from './peers/http-proxy.ts';
import { nginx } from './peers/nginx.ts';
import { freePort, stop } from './peers/peer.ts';
import type { Peer, PeerSetup } from './peers/peer.ts';
import { toxiproxy } from './peers/toxiproxy.ts';
import { printJson, printTables } from './report.ts';
import { startService } from './services/start.ts';
import { measureShop } from './shop.ts';
import type { ShopFigures } from './shop.ts';
import { SMALL_GETS } from './work.ts';
import type { Work } from './work.ts';

const PEERS: readonly Peer[] = [faultline, envoy, nginx, haproxy, httpProxy, toxiproxy];
const FURTHER = 50;
const json = process.argv.includes('--json');
const quick = process.argv.includes('--quick');
const only = asked();
const APP_PLAN = quick
  ? { seconds: 3, looks: 6, running: 1 }
  : { seconds: 8, looks: 24, running: 2 };
const plan: Plan = quick ? { rounds: 2, seconds: 2 } : { rounds: 5, seconds: 5 };

function asked(): readonly string[] {
  const names = [
    'hop',
    'memory',
    'shop',
    'history',
    'app',
    'docker',
    ...CASES.map(({ name }) => name),
  ];
  const at = process.argv.indexOf('--only');
  const wanted = at < 0 ? names : (process.argv[at + 1] ?? '').split(',');
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length === 0) return wanted;
  throw new Error(`no case ${unknown.join(', ')}; there are ${names.join(', ')}`);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function writeCertificates(folder: string): void {
  const authority = createAuthority('bench', systemClock);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'ca.pem'), authority.trustBundle);
  for (const name of ['web', 'api']) {
    const { certificateChain, privateKey } = authority.issue('default', name);
    writeFileSync(join(folder, `${name}.pem`), certificateChain);
    writeFileSync(join(folder, `${name}.key`), privateKey, { mode: 0o600 });
  }
}

async function setupFor(folder: string, service: number, work: Work): Promise<PeerSetup> {
  writeCertificates(folder);
  const [outbound, inbound, api] = [await freePort(), await freePort(), await freePort()];
  return { folder, service, work, outbound, inbound, api };
}

/** Starts the service, makes room for each of the peers, and measures them. */
async function withPeers<T>(
  folder: string,
  work: Work,
  peers: readonly Peer[],
  measure: (setups: readonly PeerSetup[]) => Promise<T>,
): Promise<T> {
  mkdirSync(folder);
  const service = await startService(work.speaks, folder);
  try {
    const setups = [];
    for (const { name } of peers) {
      setups.push(await setupFor(join(folder, name), service.port, work));
    }
    return await measure(setups);
  } finally {
    await service.stop();
  }
}

/** The first thing that a program of ours says; it is ended then. */
async function askProgram(name: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, ['--expose-gc', join(import.meta.dirname, name), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data)));
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  await stop(child);
  return line;
}

/** Bytes of memory that one more sidecar costs. */
async function measureMemory(folder: string): Promise<number> {
  const setup = await setupFor(folder, await freePort(), SMALL_GETS);
  const setting = JSON.stringify({ ...setup, workers: 1, further: FURTHER });
  return Number(await askProgram('hop.js', setting));
}

async function measureCase(
  folder: string,
  one: BenchCase,
  here: readonly Peer[],
): Promise<CaseFigures[]> {
  if (one.needs !== undefined && spawnSync(one.needs, ['--version']).error) {
    say(`${one.name}: ${one.needs} is not here`);
    return [];
  }
  say(one.title);
  const peers = one.peers ?? here.filter((peer) => peer.can(one.work));
  return withPeers(folder, one.work, peers, (setups) => runCase(one, peers, setups, plan));
}

/** One case that fails does not take the others' figures with it. */
async function measureOrSay(one: BenchCase, here: readonly Peer[]): Promise<CaseFigures[]> {
  try {
    return await measureCase(join(folder, one.name), one, here);
  } catch (error) {
    say(`${one.name} failed: ${(error as Error).stack}`);
    process.exitCode = 1;
    return [];
  }
}

const folder = mkdtempSync(join(tmpdir(), 'faultline-bench-'));
try {
  const here: Peer[] = [];
  const versions: Record<string, string> = {};
  for (const peer of PEERS) {
    const found = peer.find();
    if ('advice' in found) {
      say(`${peer.name} is not here: ${found.advice}`);
      continue;
    }
    here.push(peer);
    versions[peer.name] = found.version;
  }
  let hop: HopFigures[] | undefined;
  let memory: number | undefined;
  let shop: ShopFigures | undefined;
  let history: HistoryFigures | undefined;
  let app: AppReport | undefined;
  let containers: DockerFigures[] | undefined;
  if (only.includes('hop')) {
    const peers = here.filter((peer) => peer.can(SMALL_GETS));
    hop = await withPeers(join(folder, 'hop'), SMALL_GETS, peers, (setups) =>
      measureHop(peers, setups, plan, say),
    );
  }
  if (only.includes('memory')) memory = await measureMemory(join(folder, 'memory'));
  const cases = [];
  for (const one of CASES.filter(({ name }) => only.includes(name))) {
    cases.push({ ...one, figures: await measureOrSay(one, here) });
  }
  if (only.includes('shop')) {
    say('the shop');
    shop = await measureShop(quick ? 2 : 5);
  }
  if (only.includes('history')) {
    say('50,000 requests of 8 hops');
    history = JSON.parse(await askProgram('history.js')) as HistoryFigures;
  }
  if (only.includes('app')) {
    app = await measureApp(APP_PLAN, say);
    for (const miss of missed(app)) say(`missed: ${miss}`);
  }
  if (only.includes('docker')) {
    say('the shop in containers');
    if (hasDocker()) containers = await measureDocker(plan.seconds);
    else say('docker: no engine is here');
  }
  const machine = { cores: availableParallelism(), node: process.version };
  const report = { hop, memory, shop, history, app, containers, cases, versions, ...machine };
  if (json) printJson(report);
  else printTables(report);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
