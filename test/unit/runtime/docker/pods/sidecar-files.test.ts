import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sidecarFiles } from '../../../../../src-main/runtime/docker/pods/sidecar-files.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faultline-bundle-'));
  await mkdir(join(folder, 'chunks'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (name: string, ...lines: string[]): Promise<void> =>
  writeFile(join(folder, name), `${lines.join('\n')}\n`);
const names = async (): Promise<string[]> =>
  [...(await sidecarFiles(join(folder, 'pod.js'))).keys()].sort();

describe("what a sidecar's image is made of", () => {
  it('is the program with all that it imports, each once, and nothing beside it', async () => {
    await put('pod.js', 'import { a } from "./chunks/a.js";', 'import "node:net";', 'a();');
    await put('chunks/a.js', 'import { b as c } from "./b.js";', 'export const a = c;');
    await put('chunks/b.js', 'import "./a.js";', 'const late = () => import("./late.js");');
    await put('chunks/late.js', 'export const late = 1;');
    await put('cli.js', '');
    expect(await names()).toEqual(['chunks/a.js', 'chunks/b.js', 'chunks/late.js', 'pod.js']);
  });

  it('is not what only looks like an import', async () => {
    await put('pod.js', 'const text = 1;', '/**', 'import { RE2 } from "./none.js";', '*/');
    expect(await names()).toEqual(['pod.js']);
  });

  it('may be no package, which an image would not have', async () => {
    await put('pod.js', 'import { z } from "zod";');
    await expect(names()).rejects.toThrow('pod.js needs the package zod');
  });
});
