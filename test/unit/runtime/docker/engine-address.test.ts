import { describe, expect, it } from 'vitest';
import {
  formatEngineAddress,
  parseEngineAddress,
} from '../../../../src-main/runtime/docker/engine-address.ts';

describe('the address of an engine', () => {
  it('is a socket, with the usual path where none is given', () => {
    expect(parseEngineAddress('unix:///run/user/1000/docker.sock')).toEqual({
      kind: 'socket',
      path: '/run/user/1000/docker.sock',
    });
    expect(parseEngineAddress('unix://')).toEqual({ kind: 'socket', path: '/var/run/docker.sock' });
  });

  it('is a named pipe of Windows', () => {
    expect(parseEngineAddress('npipe:////./pipe/docker_engine')).toEqual({
      kind: 'socket',
      path: '//./pipe/docker_engine',
    });
  });

  it('is a host and port, with and without a scheme, and the usual ports', () => {
    const tls = { folder: '/certs', isVerified: true };
    expect(parseEngineAddress('10.0.0.7:2375')).toEqual({
      kind: 'tcp',
      host: '10.0.0.7',
      port: 2375,
    });
    expect(parseEngineAddress('tcp://engine.test')).toMatchObject({ port: 2375 });
    expect(parseEngineAddress('tcp://engine.test', tls)).toEqual({
      kind: 'tcp',
      host: 'engine.test',
      port: 2376,
      tls,
    });
    expect(parseEngineAddress('tcp://[::1]:2375')).toMatchObject({ host: '::1' });
    expect(parseEngineAddress('http://engine.test:80')).toMatchObject({ port: 80 });
  });

  it('is a destination of ssh, with a socket over there', () => {
    expect(parseEngineAddress('ssh://ada@build.test:2222/run/podman.sock')).toEqual({
      kind: 'ssh',
      destination: 'ada@build.test',
      port: 2222,
      socket: '/run/podman.sock',
    });
    expect(parseEngineAddress('ssh://build.test')).toEqual({
      kind: 'ssh',
      destination: 'build.test',
    });
  });

  it.each(['fd://', 'quic://x', 'ssh://', 'ssh://-oProxyCommand=x', 'tcp://a b'])(
    'is not %s',
    (text) => {
      expect(parseEngineAddress(text)).toBeUndefined();
    },
  );

  it('is written as a person would', () => {
    for (const text of [
      'unix:///run/docker.sock',
      'tcp://engine.test:2375',
      'ssh://ada@build.test:22/run/podman.sock',
      'npipe:////./pipe/docker_engine',
    ]) {
      expect(formatEngineAddress(parseEngineAddress(text)!)).toBe(text);
    }
  });
});
