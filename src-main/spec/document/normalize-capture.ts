import type { Capture } from '../capture.ts';
import type { RequestMatch } from '../mesh.ts';
import { DEFAULT_CAPTURED_BODY } from '../schema/capture.ts';
import type { CaptureInput } from '../schema/capture.ts';

export function normalizeCapture(input: CaptureInput, match: RequestMatch): Capture {
  const { name, enabled, from, to, percentage, requests, bodyBytes, masked, expires } = input;
  return {
    name,
    enabled: enabled ?? true,
    match,
    percentage: percentage ?? 100,
    bodyBytes: bodyBytes ?? DEFAULT_CAPTURED_BODY,
    masked: masked ?? true,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(requests !== undefined && { requests }),
    ...(expires !== undefined && { expires }),
  };
}
