/**
 * The shop in containers, as a mesh and as it is: how long until its first page, what it holds of memory,
 * and how many pages it makes. Plain is `docker compose up`, or the same containers on one network where
 * there is no compose.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageFolder } from '../../src-main/runtime/built-files.ts';
import { readMesh } from '../../src-main/spec/document/read.ts';
import type { Service } from '../../src-main/spec/mesh.ts';
import { nodeImage } from '../support/docker/images.ts';
import { load } from './loads/wrk.ts';

export interface DockerFigures {
  readonly name: string;
  /** From the command to the first page, milliseconds. */
  readonly startup: number;
  /** Of all containers, bytes. */
  readonly memory: number;
  readonly containers: number;
  /** Pages of the storefront per second, at 16 connections. */
  readonly throughput: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

interface Running {
  readonly url: string;
  /** Ids. */
  readonly containers: readonly string[];
  stop(): Promise<void>;
}

const CONNECTIONS = 16;
const PORT = 80;
const MIB = 1024 * 1024;

export function hasDocker(): boolean {
  return spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0;
}

/** Faultline first. */
export async function measureDocker(seconds: number): Promise<DockerFigures[]> {
  const image = await nodeImage();
  const folder = mkdtempSync(join(tmpdir(), 'faultline-bench-'));
  cpSync(join(packageFolder(), 'fixtures/shop'), folder, { recursive: true });
  try {
    // Once before: its image is there from then on, as it is for the plain containers.
    await (await startMesh(folder, image)).stop();
    const ways = [
      { name: 'Faultline', start: () => startMesh(folder, image) },
      hasCompose()
        ? { name: 'docker compose', start: () => startCompose(folder, image) }
        : { name: 'plain containers', start: () => startPlain(folder, image) },
    ];
    const figures: DockerFigures[] = [];
    for (const { name, start } of ways) figures.push(await measure(name, start, seconds));
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  name: string,
  start: () => Promise<Running>,
  seconds: number,
): Promise<DockerFigures> {
  const began = performance.now();
  const running = await start();
  try {
    await firstPage(running.url);
    const startup = performance.now() - began;
    // Cold code answers slowly: few at a time, so that none is given up.
    await load(running.url, 2, 3);
    const { throughput, p50, p99 } = await load(running.url, CONNECTIONS, seconds);
    const { containers } = running;
    const memory = memoryOf(containers);
    return { name, startup, memory, containers: containers.length, throughput, p50, p99 };
  } finally {
    await running.stop();
  }
}

async function firstPage(url: string): Promise<void> {
  for (let tries = 0; tries < 2_000; tries++) {
    try {
      const page = await fetch(url);
      await page.text();
      if (page.status === 200) return;
    } catch {
      // Nobody listens yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${url} has no page`);
}

function memoryOf(containers: readonly string[]): number {
  const said = docker('stats', '--no-stream', '--format', '{{.MemUsage}}', ...containers);
  const sizes = said.split('\n').map((line) => {
    const [, value, unit] = /^([\d.]+)(KiB|MiB|GiB)/.exec(line) ?? [];
    const factor = { KiB: 1 / 1024, MiB: 1, GiB: 1024 }[unit ?? ''] ?? 0;
    return Number(value) * factor * MIB;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8' }).trim();
}

async function startMesh(folder: string, image: string): Promise<Running> {
  const file = join(folder, 'mesh.yaml');
  const text = readFileSync(join(folder, 'faultline.yaml'), 'utf8')
    .replace('gateway:\n', `runtime: docker\ncontainer: { image: '${image}' }\n$&`)
    .replace('port: 8080', 'port: 0')
    .replace('visitors:', '$&\n  enabled: false');
  writeFileSync(file, text);
  const cli = join(packageFolder(), 'out/main/cli.js');
  const env = { ...process.env, FAULTLINE_SIDECAR_BASE: image };
  const child = spawn(process.execPath, [cli, 'up', '--json', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { gateway } = JSON.parse(line) as { gateway: { url: string } };
  const containers = docker('ps', '-q', '--filter', `label=faultline.mesh=${file}`).split('\n');
  return { url: gateway.url, containers, stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** What the document says of a service, as a container by itself. */
function servicesOf(folder: string): { service: Service; env: Record<string, string> }[] {
  const text = readFileSync(join(folder, 'faultline.yaml'), 'utf8');
  const read = readMesh(text, { file: 'faultline.yaml', folder });
  if (!read.ok) throw new Error("the shop's document is wrong");
  return read.mesh.services.map((service) => {
    const urls = service.calls.map((name) => [
      `${name.toUpperCase()}_URL`,
      `http://${name}:${PORT}`,
    ]);
    const env = { HOST: '0.0.0.0', PORT: String(PORT), ...(Object.fromEntries(urls) as object) };
    return { service, env };
  });
}

function commandOf({ versions }: Service): readonly string[] {
  const workload = versions[0]?.workload;
  return workload?.runtime === 'process' ? workload.command : [];
}

function hasCompose(): boolean {
  return spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0;
}

function startCompose(folder: string, image: string): Promise<Running> {
  const code = join(folder, 'services');
  const services = servicesOf(folder).map(({ service, env }) => {
    const about = { image, command: commandOf(service), working_dir: code, environment: env };
    const ports = service.name === 'storefront' ? { ports: [`127.0.0.1::${PORT}`] } : {};
    return [service.name, { ...about, volumes: [`${code}:${code}:ro`], ...ports }];
  });
  const file = join(folder, 'compose.yaml');
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ services: Object.fromEntries(services) as object }));
  const compose = (...args: string[]): string => docker('compose', '-f', file, ...args);
  compose('up', '-d');
  return Promise.resolve({
    url: `http://${compose('port', 'storefront', String(PORT))}`,
    containers: compose('ps', '-q').split('\n'),
    stop: async () => void compose('down', '-t', '1'),
  });
}

async function startPlain(folder: string, image: string): Promise<Running> {
  const code = join(folder, 'services');
  const network = docker('network', 'create', `faultline-bench-${process.pid}`);
  const started = servicesOf(folder).map(({ service, env }) => {
    const { name } = service;
    const variables = Object.entries(env).flatMap(([key, value]) => ['-e', `${key}=${value}`]);
    const ports = name === 'storefront' ? ['-p', `127.0.0.1::${PORT}`] : [];
    const place = ['--network', network, '--network-alias', name, '-v', `${code}:${code}:ro`];
    const args = ['run', '-d', ...place, '-w', code, ...variables, ...ports, image];
    return run([...args, ...commandOf(service)]);
  });
  const containers = await Promise.all(started);
  const front =
    containers[servicesOf(folder).findIndex(({ service }) => service.name === 'storefront')];
  return {
    url: `http://${docker('port', front ?? '', `${PORT}/tcp`)}`,
    containers,
    stop: async () => {
      docker('rm', '-f', ...containers);
      docker('network', 'rm', network);
    },
  };
}

/** @returns the container's id */
async function run(args: readonly string[]): Promise<string> {
  const child = spawn('docker', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (data) => (said += String(data)));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`docker ${args.join(' ')} ended with ${code}`);
  return said.trim();
}
