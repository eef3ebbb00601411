import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { faultline } from '../support/command.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import type { TempMesh } from '../support/temp-mesh.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

async function mesh(text: string): Promise<TempMesh> {
  return stack.add(await tempMesh(text));
}

const GOOD = 'mesh: one\nservices:\n  a: { command: node a.mjs }\n';

describe('faultline validate', () => {
  it('says that a good document is good', async () => {
    const { file } = await mesh(GOOD);
    expect(await faultline(['validate', file])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('is valid') as string,
    });
  });

  it('shows what is wrong, where, and what to do, and ends with 1', async () => {
    const { file } = await mesh(GOOD.replace('command', 'comand'));
    const { code, stdout, stderr } = await faultline(['validate', file]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      'faultline.yaml:3:8: error: unknown key "comand" in services.a [unknown-key]',
    );
    expect(stdout).toContain('did you mean "command"?');
    expect(stderr).toContain('has 1 error');
  });

  it('says the same as JSON', async () => {
    const { folder } = await mesh(GOOD.replace('one', 'One!'));
    const { code, stdout } = await faultline(['validate', folder, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      valid: false,
      problems: [{ code: 'wrong-value', line: 1, column: 7 }],
    });
  });
});

describe('wrong use', () => {
  it.each([
    ['an unknown command', ['fly']],
    ['an unknown option', ['validate', '--fast']],
    ['a path that does not exist', ['validate', '/nowhere/at/all']],
    ['a target that is unknown', ['export', '.', '--target', 'mars']],
    ['a port that is none', ['up', '.', '--port', '99999']],
  ])('%s ends with 2 and says why', async (_what, args) => {
    const { code, stderr } = await faultline(args);
    expect(code).toBe(2);
    expect(stderr).not.toBe('');
  });

  it('help is no error', async () => {
    const { code, stdout } = await faultline(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Exit codes:');
  });
});

describe('faultline export', () => {
  it('prints the configuration alone, and says what differs on standard error', async () => {
    const { file } = await mesh(GOOD);
    const { code, stdout, stderr } = await faultline(['export', file, '--target', 'istio']);
    expect(code).toBe(0);
    expect(stdout).toContain('kind: PeerAuthentication');
    expect(stderr).toContain('approximated');
  });

  it('writes files', async () => {
    const { file, folder } = await mesh(GOOD);
    const out = join(folder, 'k8s');
    await faultline(['export', file, '--target', 'istio', '--out', out]);
    expect(await readFile(join(out, 'security.yaml'), 'utf8')).toContain('STRICT');
  });
});

describe('faultline up', () => {
  it('refuses a document with errors and starts nothing', async () => {
    const { file } = await mesh(GOOD.replace('services', 'servces'));
    const { code, stderr } = await faultline(['up', file]);
    expect(code).toBe(1);
    expect(stderr).toContain('did you mean "services"?');
  });

  it('names the port that is in use, and who holds it', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    stack.add({ close: () => new Promise<void>((resolve) => void server.close(() => resolve())) });
    const { port } = server.address() as AddressInfo;
    const { file } = await mesh(`${GOOD}gateway: { port: ${port} }\n`);
    const { code, stderr } = await faultline(['up', file]);
    expect(code).toBe(3);
    expect(stderr).toContain(`port ${port} of the gateway is in use by`);
    expect(stderr).toContain(`(pid ${process.pid})`);
  });
});

describe('faultline doctor', () => {
  it('says what is there as text and as JSON', async () => {
    expect((await faultline(['doctor'])).stdout).toContain('Node.js');
    const { findings } = JSON.parse((await faultline(['doctor', '--json'])).stdout) as {
      findings: { name: string }[];
    };
    expect(findings.map(({ name }) => name)).toContain('Electron');
  });
});
