import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withNames, writeNames } from '../../../src-main/pod/hosts-file.ts';

const DOCKER = '127.0.0.1\tlocalhost\n172.18.0.2\tfront\n';
const CART = { address: '127.7.0.1', names: ['cart'] };
const DB = { address: '127.7.0.2', names: ['db', 'db.shop'] };

describe('the names of peers', () => {
  it('stand behind those of the container engine', () => {
    const text = withNames(DOCKER, [CART, DB]);
    expect(text.startsWith(DOCKER)).toBe(true);
    expect(text).toContain('127.7.0.1\tcart\n127.7.0.2\tdb db.shop\n');
  });

  it('are replaced, and everything else stays', () => {
    const before = `${withNames(DOCKER, [CART])}10.0.0.9\tadded-later\n`;
    const after = withNames(before, [DB]);
    expect(after).not.toContain('cart');
    expect(after).toContain('10.0.0.9\tadded-later');
    expect(after).toContain('127.7.0.2\tdb db.shop');
    expect(withNames(after, [DB])).toBe(after);
  });

  it('leave no trace where there are none', () => {
    expect(withNames(withNames(DOCKER, [CART]), [])).toBe(DOCKER);
  });
});

describe('the file of names', () => {
  let folder = '';
  let file = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faultline-hosts-'));
    file = join(folder, 'hosts');
    await writeFile(file, DOCKER);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('stays the same file, which both containers have open', async () => {
    const before = await stat(file);
    await writeNames(file, [CART, DB]);
    await writeNames(file, [CART]);
    expect((await stat(file)).ino).toBe(before.ino);
    expect(await readFile(file, 'utf8')).toBe(withNames(DOCKER, [CART]));
  });

  it('is not touched where nothing changes', async () => {
    await writeNames(file, [CART]);
    const before = await stat(file);
    await writeNames(file, [CART]);
    expect((await stat(file)).mtimeMs).toBe(before.mtimeMs);
  });
});
