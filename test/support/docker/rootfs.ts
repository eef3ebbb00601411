/** Small images from this machine's own files: nothing is pulled, whatever the network is like. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface RootfsParts {
  /** Programs, by name or path; each comes with the libraries that it needs. */
  readonly programs: readonly string[];
  /** Files and folders that are copied to the same place; those that are missing are left out. */
  readonly files?: readonly string[];
  /** Dockerfile instructions for `docker import --change`. */
  readonly changes?: readonly string[];
}

/** What every program of glibc needs to look up names, besides what it is linked with. */
const NAME_SERVICE = ['libnss_files.so.2', 'libnss_dns.so.2', 'libresolv.so.2'];

/** Makes an image of these parts. @throws Error with what tar or docker said */
export async function importImage(tag: string, parts: RootfsParts): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'faultline-rootfs-'));
  try {
    fill(root, parts);
    await importFolder(root, tag, parts.changes ?? []);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function fill(root: string, { programs, files = [] }: RootfsParts): void {
  for (const folder of [
    'tmp',
    'etc',
    'proc',
    'sys',
    'dev',
    'root',
    'usr/bin',
    'usr/sbin',
    'usr/lib',
  ]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  chmodSync(join(root, 'tmp'), 0o1777);
  for (const [link, target] of [
    ['bin', 'usr/bin'],
    ['sbin', 'usr/sbin'],
    ['lib', 'usr/lib'],
    ['lib64', 'usr/lib64'],
  ] as const) {
    mkdirSync(join(root, target), { recursive: true });
    symlinkSync(target, join(root, link));
  }
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\n');
  writeFileSync(join(root, 'etc/nsswitch.conf'), 'hosts: files dns\n');
  for (const program of programs) addProgram(root, pathOf(program));
  for (const file of files) if (existsSync(file)) copyTree(root, file);
}

function pathOf(program: string): string {
  if (program.startsWith('/')) return program;
  const path = `${process.env['PATH']}:/usr/sbin:/sbin`;
  return execFileSync('sh', ['-c', `command -v ${program}`], {
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  }).trim();
}

function addProgram(root: string, path: string): void {
  copy(root, path, join('/usr/bin', path.split('/').at(-1) ?? ''));
  for (const library of librariesOf(path)) copy(root, library, library);
  for (const name of NAME_SERVICE) {
    const library = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu']
      .map((folder) => join(folder, name))
      .find((one) => existsSync(one));
    if (library !== undefined) copy(root, library, library);
  }
}

/** By the dynamic linker's own account; a program without libraries has none. */
function librariesOf(path: string): string[] {
  try {
    const said = execFileSync('ldd', [path], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return [...said.matchAll(/(\/\S+) \(0x/g)].map(([, library = '']) => library);
  } catch {
    return [];
  }
}

/** Links are followed, so that a file is there under the name by which it is asked for. */
function copy(root: string, from: string, to: string): void {
  const target = join(root, to);
  if (existsSync(target)) return;
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(realpathSync(from), target);
  chmodSync(target, 0o755);
}

function copyTree(root: string, path: string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  execFileSync('cp', ['-aL', path, join(root, path)]);
}

function importFolder(root: string, tag: string, changes: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const flags = changes.flatMap((one) => ['--change', one]);
    const tar = spawn('tar', ['-C', root, '-c', '.'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const docker = spawn('docker', ['import', ...flags, '-', tag], {
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let said = '';
    docker.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    docker.on('error', reject);
    docker.on('close', (code) => (code === 0 ? resolve() : reject(new Error(said.trim()))));
    docker.stdin.on('error', () => {});
    tar.stdout.pipe(docker.stdin);
  });
}
