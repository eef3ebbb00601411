import { describe, expect, it } from 'vitest';
import { HandOvers } from '../../../src-main/engine/hand-overs.ts';
import { diffInstances, planInstances } from '../../../src-main/runtime/instance.ts';
import { meshOf } from '../spec/document/sample.ts';

const DOCUMENT = `
mesh: switch
container: { image: node }
gateway: { port: 0, routes: [{ path: /, service: api }] }
services:
  api: { command: node api.mjs, port: 8080, runtime: process }
`;
const PROCESS = planInstances(meshOf(DOCUMENT));
const POD = planInstances(meshOf(DOCUMENT.replace('runtime: process', 'runtime: docker')));
const NOTHING = planInstances(
  meshOf(DOCUMENT.replace('runtime: process', 'runtime: process, replicas: 0')),
);

describe('a service that is switched between process and container', () => {
  it('goes on as it was until the other one is ready', () => {
    const handOvers = new HandOvers();
    const { added, removed } = handOvers.plan(diffInstances(PROCESS, POD));
    expect([added.map(({ id }) => id), removed]).toEqual([['api-v1-0-pod'], []]);
    expect(handOvers.takeOver('api-v1-0-pod')).toBe('api-v1-0');
    expect(handOvers.takeOver('api-v1-0-pod')).toBeUndefined();
  });

  it('and switched back before that, lets the new one go and stays', () => {
    const handOvers = new HandOvers();
    handOvers.plan(diffInstances(PROCESS, POD));
    expect(handOvers.plan(diffInstances(POD, PROCESS))).toEqual({
      added: [],
      removed: ['api-v1-0-pod'],
    });
    expect(handOvers.takeOver('api-v1-0')).toBeUndefined();
  });

  it('and removed before that, goes with the new one', () => {
    const handOvers = new HandOvers();
    handOvers.plan(diffInstances(PROCESS, POD));
    expect(handOvers.plan(diffInstances(POD, NOTHING)).removed).toEqual([
      'api-v1-0-pod',
      'api-v1-0',
    ]);
  });
});

describe('other changes', () => {
  it('happen at once', () => {
    const handOvers = new HandOvers();
    expect(handOvers.plan(diffInstances(PROCESS, NOTHING)).removed).toEqual(['api-v1-0']);
    expect(handOvers.plan(diffInstances(NOTHING, PROCESS)).added).toEqual(PROCESS);
  });
});
