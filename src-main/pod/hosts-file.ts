/** The pod's /etc/hosts: the names of peers, between what the container engine wrote. */
import { open, readFile } from 'node:fs/promises';
import type { HostNames } from './messages.ts';

const FIRST = '# Faultline: peers, by way of the sidecar';
const LAST = '# Faultline: end';

/** The text with these names in place of those that were in it before; all else stays. */
export function withNames(text: string, names: readonly HostNames[]): string {
  const lines = text.split('\n');
  const first = lines.indexOf(FIRST);
  const last = lines.indexOf(LAST, first);
  const foreign = first < 0 || last < 0 ? lines : lines.toSpliced(first, last - first + 1);
  const kept = foreign.join('\n').replace(/\n*$/, '\n');
  if (names.length === 0) return kept;
  const ours = names.map(({ address, names: all }) => `${address}\t${all.join(' ')}`);
  return [kept.trimEnd(), FIRST, ...ours, LAST, ''].join('\n');
}

/**
 * In place and never shorter than it was until the end: the containers share the file itself, so that
 * it may not be another one, and somebody may be reading it. Nothing is written where nothing changes.
 * @throws the system's error
 */
export async function writeNames(path: string, names: readonly HostNames[]): Promise<void> {
  const before = await readFile(path, 'utf8');
  const after = withNames(before, names);
  if (after === before) return;
  const file = await open(path, 'r+');
  try {
    const bytes = Buffer.from(after);
    await file.write(bytes, 0, bytes.length, 0);
    await file.truncate(bytes.length);
  } finally {
    await file.close();
  }
}
