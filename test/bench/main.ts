/** `npm run bench`: Faultline and its peers on the same work, in one run. */
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { systemClock } from '../../src-main/base/clock.ts';
import { createAuthority } from '../../src-main/identity/authority.ts';
import { measureHop, stop } from './hop.ts';
import type { HopFigures } from './hop.ts';
import { envoy } from './peers/envoy.ts';
import { faultline } from './peers/faultline.ts';
import { haproxy } from './peers/haproxy.ts';
import { httpProxy } from './peers/http-proxy.ts';
import { nginx } from './peers/nginx.ts';
import { launch, listening } from './peers/peer.ts';
import type { Peer, PeerSetup } from './peers/peer.ts';
import { printJson, printTables } from './report.ts';
import { measureShop } from './shop.ts';

const PEERS: readonly Peer[] = [faultline, envoy, nginx, haproxy, httpProxy];
const FURTHER = 50;
const json = process.argv.includes('--json');
const quick = process.argv.includes('--quick');

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
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

/** The service behind the hop: nginx where it is there, since it is never the slowest part. */
async function startService(folder: string): Promise<{ port: number; stop(): Promise<void> }> {
  const port = await freePort();
  if ('advice' in nginx.find()) {
    const server: Server = createServer((_request, response) =>
      response.end('a small body of text\n'),
    ).listen(port, '127.0.0.1');
    return { port, stop: () => new Promise((resolve) => server.close(() => resolve())) };
  }
  const file = join(folder, 'service.conf');
  writeFileSync(
    file,
    `worker_processes 1; daemon off; master_process off; error_log stderr crit; pid ${folder}/service.pid;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 1000000000; client_body_temp_path ${folder}/sb; proxy_temp_path ${folder}/sp;
  fastcgi_temp_path ${folder}/sf; uwsgi_temp_path ${folder}/su; scgi_temp_path ${folder}/ss;
  server { listen 127.0.0.1:${port} backlog=1024; location / { return 200 "a small body of text\\n"; } } }
`,
  );
  const child = launch('nginx', ['-c', file]);
  await listening(port);
  return { port, stop: () => stop(child) };
}

async function setupFor(folder: string, service: number): Promise<PeerSetup> {
  writeCertificates(folder);
  return { folder, service, outbound: await freePort(), inbound: await freePort() };
}

/** Bytes of memory that one more sidecar costs. */
async function measureMemory(folder: string, service: number): Promise<number> {
  const { outbound, inbound } = await setupFor(folder, service);
  const program = join(import.meta.dirname, 'hop.js');
  const args = [program, outbound, inbound, service, folder, FURTHER].map(String);
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (data) => resolve(String(data))),
  );
  await stop(child);
  return Number(line);
}

const folder = mkdtempSync(join(tmpdir(), 'faultline-bench-'));
try {
  const found = PEERS.map((peer) => ({ peer, found: peer.find() }));
  for (const { peer, found: one } of found)
    if ('advice' in one) say(`${peer.name} is not here: ${one.advice}`);
  const here = found.flatMap(({ peer, found: one }) =>
    'version' in one ? [{ peer, version: one.version }] : [],
  );
  const service = await startService(folder);
  const setups = [];
  for (const { peer } of here) setups.push(await setupFor(join(folder, peer.name), service.port));
  const plan = quick ? { rounds: 2, seconds: 2 } : { rounds: 5, seconds: 5 };
  const hop: HopFigures[] = await measureHop(
    here.map(({ peer }) => peer),
    setups,
    plan,
    say,
  );
  const memory = await measureMemory(join(folder, 'memory'), service.port);
  await service.stop();
  say('the shop');
  const shop = await measureShop(quick ? 2 : 5);
  const versions = Object.fromEntries(here.map(({ peer, version }) => [peer.name, version]));
  const report = {
    hop,
    memory,
    shop,
    versions,
    cores: availableParallelism(),
    node: process.version,
  };
  if (json) printJson(report);
  else printTables(report);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
