/** What a caller's route captures. */
import type { CaptureConfig } from '../../proxy/config/capture.ts';
import type { Capture } from '../../spec/capture.ts';
import type { Caller, CompileInput } from './input.ts';
import { messageMatch } from './match.ts';

/** Only where something is captured: a route without it pays nothing for it. */
export function routeCaptures(
  { mesh, spentCaptures }: CompileInput,
  caller: Caller,
  callee: string,
): { captures?: readonly CaptureConfig[] } {
  const captures = (mesh.capture ?? []).filter(
    ({ name, enabled, from = caller.service, to = callee }) =>
      enabled && from === caller.service && to === callee && !spentCaptures?.has(name),
  );
  return captures.length === 0 ? {} : { captures: captures.map(captureConfig) };
}

function captureConfig(given: Capture): CaptureConfig {
  const { name, match, percentage, bodyBytes, requests, expires } = given;
  return {
    name,
    match: messageMatch(match),
    percentage,
    bodyBytes,
    ...(requests !== undefined && { requests }),
    ...(expires !== undefined && { until: Date.parse(expires) }),
  };
}
