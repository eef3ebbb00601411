import { describe, expect, it } from 'vitest';
import { registriesOf } from '../../../../src-main/runtime/docker/base-images.ts';
import { explainBuild } from '../../../../src-main/runtime/docker/build.ts';
import {
  parseImageReference,
  pullParts,
} from '../../../../src-main/runtime/docker/image-reference.ts';
import { explainPull } from '../../../../src-main/runtime/docker/pull.ts';
import { PullProgress } from '../../../../src-main/runtime/docker/pull-progress.ts';
import { workloadPort } from '../../../../src-main/runtime/docker/workload-port.ts';
import { readyImage } from '../../../../src-main/runtime/docker/images.ts';

describe("an image's name", () => {
  it.each([
    ['postgres', 'docker.io', 'library/postgres', 'latest'],
    ['bitnami/kafka:3.7', 'docker.io', 'bitnami/kafka', '3.7'],
    ['ghcr.io/a/b/c:1', 'ghcr.io', 'a/b/c', '1'],
    ['localhost:5000/app', 'localhost:5000', 'app', 'latest'],
    ['localhost/app:x', 'localhost', 'app', 'x'],
  ])('%s', (text, registry, repository, tag) => {
    expect(parseImageReference(text)).toEqual({ registry, repository, tag, digest: undefined });
  });

  it('may have a digest, which is what is pulled then', () => {
    const text = 'redis:7@sha256:abc';
    expect(parseImageReference(text)).toMatchObject({ tag: '7', digest: 'sha256:abc' });
    expect(pullParts(text)).toEqual({ fromImage: 'redis', tag: 'sha256:abc' });
    expect(pullParts('localhost:5000/a')).toEqual({ fromImage: 'localhost:5000/a', tag: 'latest' });
  });
});

describe('a pull', () => {
  it('tells how many layers are there and how many bytes', () => {
    const progress = new PullProgress();
    expect(String(progress)).toBe('asking for it');
    progress.take({ status: 'Pulling from library/redis', id: '7' });
    progress.take({ status: 'Pulling fs layer', id: 'a' });
    progress.take({ status: 'Already exists', id: 'b' });
    const MIB = 1024 * 1024;
    const progressDetail = { current: 3 * MIB, total: 12 * MIB };
    progress.take({ status: 'Downloading', id: 'a', progressDetail });
    expect(String(progress)).toBe('1 of 2 layers, 3 of 12 MiB');
    progress.take({ status: 'Download complete', id: 'a' });
    progress.take({ status: 'Extracting', id: 'a', progressDetail: { current: 1, total: 2 } });
    expect(String(progress)).toBe('2 of 2 layers, 12 of 12 MiB');
  });

  it.each([
    ['manifest for x:1 not found: manifest unknown', 'image x:1 does not exist at docker.io'],
    ['pull access denied for x, repository does not exist', 'may not be pulled, or does not exist'],
    ['write /var/lib/docker/tmp: no space left on device', "the engine's disk is full"],
    ['dial tcp: lookup registry-1.docker.io: no such host', 'docker.io cannot be reached'],
    ['toomanyrequests: You have reached your pull rate limit', 'gives no more images for now'],
    ['no matching manifest for linux/arm64/v8', 'not there for the engine'],
  ])('that fails is explained: %s', (said, expected) => {
    expect(explainPull('x:1', 'docker.io', said)).toContain(expected);
  });
});

describe('a build', () => {
  it('that fails gives the reason and the last lines', () => {
    expect(explainBuild('app', ' returned a non-zero code: 1 ', ['Step 2/2', 'npm ERR!'])).toBe(
      'image app cannot be built: returned a non-zero code: 1 (Step 2/2 | npm ERR!)',
    );
    expect(explainBuild('app', 'no space left on device', [])).toContain('disk is full');
  });

  it('builds upon the registries of its FROM and COPY --from, stages left out', () => {
    const dockerfile = [
      'ARG BASE=ghcr.io/team/base',
      'FROM --platform=$BUILDPLATFORM ${BASE}:1 AS build',
      'COPY --from=quay.io/tools/x:2 /x /x',
      'FROM build',
      'COPY --chown=1 --from=build /a /b',
      'FROM $UNKNOWN/x',
      'FROM scratch',
    ].join('\n');
    expect(registriesOf(dockerfile, {})).toEqual(['ghcr.io', 'quay.io']);
    expect(registriesOf(dockerfile, { BASE: 'node' })).toEqual(['docker.io', 'quay.io']);
  });
});

describe('the port of a workload', () => {
  it('is the declared one, or the first that the image exposes, or the one that it is given', () => {
    const image = { ports: [6379, 16_379] };
    expect(workloadPort({ port: 80 }, image)).toEqual({ port: 80, isGuessed: false });
    expect(workloadPort({ port: 0 }, image)).toEqual({ port: 6379, isGuessed: false });
    const both = { port: 0, runtimes: ['process' as const, 'docker' as const] };
    expect(workloadPort(both, { ports: [] })).toEqual({ port: 8080, isGuessed: false });
  });

  it('is guessed where nobody knows', () => {
    expect(workloadPort({ port: 0 }, { ports: [] })).toEqual({ port: 80, isGuessed: true });
  });
});

describe('an image that is there', () => {
  it('tells its TCP ports in their order, and whether it checks itself', () => {
    const info = {
      Id: 'sha256:1',
      Config: {
        ExposedPorts: { '9090/tcp': {}, '53/udp': {}, '80': {} },
        Healthcheck: { Test: ['CMD', 'x'] },
        Env: ['A=1'],
      },
    };
    expect(readyImage('x', info as never)).toEqual({
      id: 'sha256:1',
      name: 'x',
      ports: [80, 9090],
      hasHealthcheck: true,
      env: ['A=1'],
    });
    const bare = { Id: 'sha256:2', Config: { Healthcheck: { Test: ['NONE'] } } };
    expect(readyImage('y', bare as never)).toMatchObject({ ports: [], hasHealthcheck: false });
  });
});
