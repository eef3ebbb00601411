/** The images that tests run: made once per machine, and again when what is in them changes. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { importImage } from './rootfs.ts';
import type { RootfsParts } from './rootfs.ts';

/** A shell and the few programs that scripts of tests ask for. */
const SHELL = ['sh', 'sleep', 'cat', 'ls', 'env', 'rm', 'mkdir', 'chown', 'id', 'dd', 'mount'];

/** Node, nft and a shell: for sidecars, and for services of JavaScript. */
export const NODE: RootfsParts = {
  programs: [process.execPath, 'nft', 'tc', 'iptables', ...SHELL],
  files: ['/usr/lib/x86_64-linux-gnu/xtables', '/usr/lib/aarch64-linux-gnu/xtables'],
  changes: ['ENV PATH=/usr/bin:/usr/sbin', 'CMD ["node"]'],
};

/** The name of an image with Node. */
export function nodeImage(): Promise<string> {
  return ensureImage('node', NODE);
}

/** One with iptables alone. */
export function iptablesImage(): Promise<string> {
  const programs = [process.execPath, 'iptables-restore', 'ip6tables-restore', ...SHELL];
  return ensureImage('iptables', { ...NODE, programs });
}

/** One in which no rules can be laid. */
export function bareImage(): Promise<string> {
  return ensureImage('bare', { ...NODE, programs: [process.execPath, ...SHELL] });
}

/** Under a name that changes with its parts, so that an old one is never taken for it. */
export async function ensureImage(name: string, parts: RootfsParts): Promise<string> {
  const about = JSON.stringify([parts, process.version]);
  const hash = createHash('sha256').update(about).digest('hex').slice(0, 12);
  const tag = `faultline-test-${name}:${hash}`;
  if (!hasImage(tag)) await importImage(tag, parts);
  return tag;
}

function hasImage(tag: string): boolean {
  try {
    execFileSync('docker', ['image', 'inspect', tag], { stdio: 'ignore' });
    return true;
  } catch {
    // It says so by its exit code.
    return false;
  }
}
