import { describe, expect, it } from 'vitest';
import { runtimeSwitch } from '../../../../src-renderer/services/runtime-switch.ts';
import { meshOf } from '../../spec/document/sample.ts';

function service(text: string) {
  return meshOf(`mesh: m\nservices:\n  a: ${text}\n`).services[0]!;
}

describe('the other way to run a version', () => {
  it('is a container for a command, and a process for what has one beside its container', () => {
    expect(runtimeSwitch(service('{ command: node a }'), 'v1')).toEqual({
      kind: 'set-runtime',
      service: 'a',
      runtime: 'docker',
    });
    const both = '{ command: node a, container: { image: a }, port: 80 }';
    expect(runtimeSwitch(service(both), 'v1')).toMatchObject({ runtime: 'process' });
  });

  it('names the version where it is one of several', () => {
    const two = '{ command: node a, versions: { v1: {}, v2: { runtime: docker } } }';
    expect(runtimeSwitch(service(two), 'v1')).toMatchObject({ version: 'v1', runtime: 'docker' });
    expect(runtimeSwitch(service(two), 'v2')).toMatchObject({ version: 'v2', runtime: 'process' });
  });

  it('is none for an image alone, and for a stub', () => {
    expect(runtimeSwitch(service('{ container: { image: a }, port: 80 }'), 'v1')).toBeUndefined();
    expect(runtimeSwitch(service('{ stub: {} }'), 'v1')).toBeUndefined();
    expect(runtimeSwitch(service('{ command: node a }'), 'v9')).toBeUndefined();
  });
});
