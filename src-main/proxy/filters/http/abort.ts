/**
 * The abort fault: answers a try instead of the service (Envoy: HTTP fault filter, abort), or breaks
 * its connection.
 */
import type { AbortConfig } from '../../config/fault.ts';
import { HopFlag } from '../../hop.ts';
import { createBreak } from './break.ts';
import type { FaultEffect } from './fault-filter.ts';
import type { Action } from './filter.ts';

export function createAbort(config: AbortConfig): FaultEffect {
  const action = actionOf(config);
  return { flags: HopFlag.ABORT_INJECTED, act: () => action };
}

function actionOf({ status, headers = {}, body, grpcStatus, reset }: AbortConfig): Action {
  if (reset === undefined) {
    return {
      kind: 'respond',
      status,
      headers: Object.entries(headers),
      // Without a body of its own the answer has a text for people, and says so in its type.
      ...(body === undefined && headers['content-type'] === undefined ? {} : { body: body ?? '' }),
      ...(grpcStatus !== undefined && { grpcStatus }),
    };
  }
  if (reset === 'beforeHead') {
    return { kind: 'fail', code: 'upstream-reset', detail: 'before the head' };
  }
  return { kind: 'shape', shape: { down: (head) => [createBreak(reset, head)] } };
}
