import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultline } from '../support/command.ts';

const STACK = `services:
  web: { image: "web:\${TAG:-1}", ports: ["8081:80"], logging: { driver: json-file } }
`;

describe('faultline import compose', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faultline-import-'));
    await writeFile(at('docker-compose.yml'), STACK);
    await writeFile(at('dev.yml'), 'services: { web: { user: me } }\n');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('prints a document that refers to the file, and tells what is not taken over', async () => {
    const { code, stdout, stderr } = await faultline(['import', 'compose', folder]);
    expect(code).toBe(0);
    expect(stdout).toContain('compose: docker-compose.yml\n');
    expect(stderr).toMatch(/docker-compose\.yml:2:\d+: warning: logging of web is not taken over/);
  });

  it('writes it, for several files; the result is a document like any other', async () => {
    const files = [at('docker-compose.yml'), at('dev.yml')];
    const out = at('faultline.yaml');
    expect(await faultline(['import', 'compose', ...files, '-o', out])).toMatchObject({ code: 0 });
    expect(await readFile(out, 'utf8')).toContain('compose: [docker-compose.yml, dev.yml]\n');
    expect(await faultline(['validate', folder])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('is valid: 1 services') as string,
    });
    const again = await faultline(['import', 'compose', ...files, '-o', out]);
    expect(again).toMatchObject({ code: 2 });
    expect(again.stderr).toContain('is there already: choose another name, or add --force');
  });

  it('writes nothing of a stack that cannot be run, and says where it is wrong', async () => {
    await writeFile(at('docker-compose.yml'), STACK.replace(':-1', ':?set it'));
    const { code, stderr } = await faultline(['import', 'compose', folder]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /docker-compose\.yml:2:\d+: error: the variable TAG is required: set it/,
    );
  });

  it('of a file that is not there ends with 2', async () => {
    const { code, stderr } = await faultline(['import', 'compose', at('none.yml')]);
    expect(code).toBe(2);
    expect(stderr).toContain('does not exist');
  });
});
