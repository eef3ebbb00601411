import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../../src-main/runtime/docker/candidates.ts';
import { parseEngineAddress } from '../../../../src-main/runtime/docker/engine-address.ts';
import {
  explainFailure,
  isAtLeast,
  notInstalled,
} from '../../../../src-main/runtime/docker/unavailable.ts';

function candidate(host: string, flavour?: Candidate['flavour']): Candidate {
  return { address: parseEngineAddress(host)!, source: 'DOCKER_HOST', flavour, isChosen: true };
}

function failure(message: string, code?: string): Error {
  return Object.assign(new Error(message), { code });
}

describe('an engine that cannot be used', () => {
  it.each([
    ['engine', 'sudo systemctl start docker'],
    ['desktop', 'start Docker Desktop'],
    ['colima', 'colima start'],
    ['podman', 'podman.socket'],
  ] as const)('does not run: of %s it is said how it is started', (flavour, advice) => {
    const why = explainFailure(candidate('unix:///x.sock', flavour), failure('no', 'ECONNREFUSED'));
    expect(why.code).toBe('not-running');
    expect(why.message).toContain('at unix:///x.sock (DOCKER_HOST) does not run');
    expect(why.message).toContain(advice);
  });

  it('may not be used by this user: the group is named', () => {
    const why = explainFailure(candidate('unix:///x.sock'), failure('connect EACCES', 'EACCES'));
    expect(why.code).toBe('no-permission');
    expect(why.message).toContain('usermod -aG docker');
  });

  it('is not there at all: says where was looked', () => {
    const why = notInstalled([candidate('unix:///a.sock'), candidate('unix:///b.sock')]);
    expect(why.code).toBe('not-installed');
    expect(why.message).toContain('unix:///a.sock, unix:///b.sock');
  });

  it('has a wrong certificate, or is not where ssh leads', () => {
    const tls = explainFailure(
      candidate('tcp://a.test:2376'),
      failure('self signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'),
    );
    expect(tls.code).toBe('tls');
    const ssh = explainFailure(candidate('ssh://ada@a.test'), failure('Permission denied'));
    expect(ssh.message).toContain('see that "ssh ada@a.test docker version" works');
  });

  it('is somewhere that does not answer', () => {
    const why = explainFailure(
      candidate('tcp://a.test:1'),
      failure('socket hang up', 'ECONNRESET'),
    );
    expect(why.code).toBe('unreachable');
  });

  it('is too old: versions are compared by their numbers', () => {
    expect(isAtLeast('1.41', '1.41')).toBe(true);
    expect(isAtLeast('1.9', '1.41')).toBe(false);
    expect(isAtLeast('2.0', '1.41')).toBe(true);
  });
});
