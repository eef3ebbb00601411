import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { candidates } from '../../../../src-main/runtime/docker/candidates.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'faultline-home-'));
});

afterEach(() => rmSync(home, { recursive: true }));

function writeContext(name: string, host: string, skipVerify?: boolean): void {
  const id = createHash('sha256').update(name).digest('hex');
  const folder = join(home, 'contexts', 'meta', id);
  mkdirSync(folder, { recursive: true });
  const docker = { Host: host, ...(skipVerify !== undefined && { SkipTLSVerify: skipVerify }) };
  writeFileSync(join(folder, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker } }));
}

function writeConfig(content: object): void {
  writeFileSync(join(home, 'config.json'), JSON.stringify(content));
}

const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  HOME: home,
  DOCKER_CONFIG: home,
  ...more,
});

describe('engines that may be there', () => {
  it('is DOCKER_HOST alone where it is set, before any context', () => {
    writeConfig({ currentContext: 'colima' });
    writeContext('colima', 'unix:///c.sock');
    expect(candidates(env({ DOCKER_HOST: 'unix:///x.sock', DOCKER_CONTEXT: 'colima' }))).toEqual([
      {
        address: { kind: 'socket', path: '/x.sock' },
        source: 'DOCKER_HOST',
        flavour: undefined,
        isChosen: true,
      },
    ]);
  });

  it('with TLS as DOCKER_TLS_VERIFY and DOCKER_CERT_PATH say', () => {
    const more = {
      DOCKER_HOST: 'tcp://a.test',
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: '/certs',
    };
    expect(candidates(env(more))[0]?.address).toEqual({
      kind: 'tcp',
      host: 'a.test',
      port: 2376,
      tls: { folder: '/certs', isVerified: true },
    });
  });

  it('is the context of DOCKER_CONTEXT, or else the current one', () => {
    writeConfig({ currentContext: 'colima-work' });
    writeContext('colima-work', 'unix:///c.sock');
    writeContext('far', 'ssh://ada@far.test');
    expect(candidates(env())[0]).toMatchObject({
      address: { kind: 'socket', path: '/c.sock' },
      source: 'the context colima-work',
      flavour: 'colima',
    });
    expect(candidates(env({ DOCKER_CONTEXT: 'far' }))[0]?.address).toEqual({
      kind: 'ssh',
      destination: 'ada@far.test',
    });
  });

  it("takes a context's certificates from its own folder", () => {
    writeContext('tls', 'tcp://a.test:2376', true);
    const id = createHash('sha256').update('tls').digest('hex');
    mkdirSync(join(home, 'contexts', 'tls', id, 'docker'), { recursive: true });
    expect(candidates(env({ DOCKER_CONTEXT: 'tls' }))[0]?.address).toMatchObject({
      tls: { folder: join(home, 'contexts', 'tls', id, 'docker'), isVerified: false },
    });
  });

  it('refuses settings that name none, in words', () => {
    expect(() => candidates(env({ DOCKER_HOST: 'nonsense://x' }))).toThrow(/DOCKER_HOST is/);
    expect(() => candidates(env({ DOCKER_CONTEXT: 'gone' }))).toThrow(
      'there is no Docker context "gone"',
    );
    writeFileSync(join(home, 'config.json'), '{');
    expect(() => candidates(env())).toThrow(/config.json cannot be read/);
  });

  it('are all usual sockets where nothing is set, those of the user too', () => {
    writeConfig({ currentContext: 'default' });
    const found = candidates(env({ XDG_RUNTIME_DIR: '/run/user/7' }), 'linux');
    const paths = found.map(({ address }) => (address.kind === 'socket' ? address.path : ''));
    expect(paths[0]).toBe('/var/run/docker.sock');
    expect(paths).toContain('/run/user/7/docker.sock');
    expect(paths).toContain('/run/user/7/podman/podman.sock');
    expect(paths).toContain(join(home, '.docker', 'run', 'docker.sock'));
    expect(paths).toContain(join(home, '.colima', 'default', 'docker.sock'));
    expect(found.every(({ isChosen }) => !isChosen)).toBe(true);
    expect(candidates(env(), 'win32')[0]?.address).toEqual({
      kind: 'socket',
      path: '//./pipe/docker_engine',
    });
  });
});
