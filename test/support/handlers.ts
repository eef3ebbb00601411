/** Handlers for tests of the API: every method refuses, but those that a test gives. */
import { RpcFailure } from '../../src-main/api/rpc-failure.ts';
import type { Handlers } from '../../src-main/api/rpc.ts';
import { sampleState } from './state.ts';

export function handlers(given: Partial<Handlers> = {}): Handlers {
  const refuse = (): never => {
    throw new RpcFailure(-32003, 'not in this test');
  };
  return {
    subscribe: () => sampleState(),
    edit: refuse,
    checkText: refuse,
    checkEdit: refuse,
    undo: refuse,
    redo: refuse,
    requests: refuse,
    trace: refuse,
    exchange: refuse,
    send: refuse,
    har: refuse,
    series: refuse,
    saturation: refuse,
    moment: refuse,
    export: refuse,
    logs: refuse,
    certificate: refuse,
    configuration: refuse,
    environment: refuse,
    startRollout: refuse,
    steerRollout: refuse,
    endRollout: refuse,
    restartInstance: refuse,
    ...given,
  };
}
