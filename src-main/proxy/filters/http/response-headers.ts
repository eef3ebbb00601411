/** The response header fault: headers of the answer are changed or missing. */
import type { ResponseHead } from '../../codec/http1/response-head.ts';
import type { ResponseHeadersConfig } from '../../config/fault.ts';
import { HopFlag } from '../../hop.ts';
import type { FaultEffect } from './fault-filter.ts';

export function createResponseHeaders(config: ResponseHeadersConfig): FaultEffect {
  const head = (given: ResponseHead): ResponseHead => changeHeaders(given, config);
  return { flags: HopFlag.FAULT_INJECTED, act: () => ({ kind: 'shape', shape: { head } }) };
}

function changeHeaders(
  given: ResponseHead,
  { set, remove }: Pick<ResponseHeadersConfig, 'set' | 'remove'>,
): ResponseHead {
  const gone = new Set([...remove, ...Object.keys(set)]);
  const kept = given.names.flatMap((name, i) => (gone.has(name) ? [] : [i]));
  return {
    ...given,
    names: [...kept.map((i) => given.names[i] as string), ...Object.keys(set)],
    values: [...kept.map((i) => given.values[i] as string), ...Object.values(set)],
  };
}
