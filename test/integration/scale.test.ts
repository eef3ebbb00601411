import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { format } from 'prettier';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import { runUp } from '../support/up.ts';

const file = fileURLToPath(new URL('../../fixtures/scale/faultline.yaml', import.meta.url));
const generator = fileURLToPath(new URL('../../fixtures/scale/generate.mjs', import.meta.url));
const stack = new CloseStack();
afterEach(() => stack.close());

describe('the large mesh', () => {
  it('is what its generator writes', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [generator]);
    const text = await readFile(file, 'utf8');
    expect(text).toBe(await format(stdout, { parser: 'yaml', printWidth: 100, singleQuote: true }));
  });

  it('starts two hundred services and takes requests through them', async () => {
    const text = await readFile(file, 'utf8');
    const quiet = text
      .replace('port: 8080', 'port: 0')
      .replace('visitors:', '$&\n  enabled: false');
    const mesh = stack.add(await runUp(await tempMesh(quiet)));
    expect(mesh.up.services).toHaveLength(200);
    const answer = await fetch(mesh.up.gateway.url);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ service: 'web-api' });
  });
});
