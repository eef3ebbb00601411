import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RingFile } from '../../../../src-main/telemetry/store/ring-file.ts';

let folder: string;
let file: RingFile;
const errors: Error[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faultline-ring-'));
  file = await RingFile.open(join(folder, 'run'), 100, (error) => errors.push(error));
});
afterEach(async () => {
  await file.close();
  await rm(folder, { recursive: true });
  expect(errors).toEqual([]);
});

const record = (fill: number, length = 30): Buffer => Buffer.alloc(length, fill);

describe('a ring file', () => {
  it('gives back what was appended, at once and from disk', async () => {
    const position = file.append(record(1)) ?? -1;
    expect(await file.read(position, 30)).toEqual(record(1));
    expect(await file.read(position + 10, 5)).toEqual(record(1, 5));
    await file.settled();
    expect(await file.read(position, 30)).toEqual(record(1));
    expect(await file.read(position + 10, 5)).toEqual(record(1, 5));
  });

  it('overwrites the oldest, never grows beyond its capacity, and keeps records whole', async () => {
    const positions = [1, 2, 3, 4, 5].map((fill) => file.append(record(fill)) ?? -1);
    await file.settled();
    expect(positions).toEqual([0, 30, 60, 100, 130]);
    expect(await file.size()).toBe(90);
    expect(await file.read(0, 30)).toBeUndefined();
    expect(await file.read(30, 30)).toBeUndefined();
    expect(await file.read(60, 30)).toEqual(record(3));
    expect(await file.read(130, 30)).toEqual(record(5));
    expect(file.oldest).toBe(60);
  });

  it('does not keep what is larger than itself', () => {
    expect(file.append(record(1, 101))).toBeUndefined();
    expect(file.append(record(1, 100))).toBe(0);
  });

  it('has no name that could be left behind', async () => {
    expect(await readdir(join(folder, 'run'))).toEqual([]);
  });

  it('says when the disk refuses, once, and keeps nothing from then on', async () => {
    const lost = await RingFile.open(folder, 100, (error) => errors.push(error));
    await lost.close();
    expect(lost.append(record(1))).toBeUndefined();
    expect(await lost.read(0, 30)).toBeUndefined();
  });
});
