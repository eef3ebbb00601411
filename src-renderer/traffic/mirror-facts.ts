/** What a shadow's answer has in common with the one that the caller got, in words. Pure. */
import type { HopView } from '../../src-main/api/contract/index.ts';
import { formatBytes, formatMs } from '../ui/format.ts';

/** For a mark: short. Undefined: it is no shadow. */
export function differsText({ mirror }: HopView): string | undefined {
  if (!mirror) return undefined;
  if (!mirror.compared) return 'not compared';
  if (mirror.statusDiffers) return 'other status';
  return mirror.bodyDiffers ? 'other body' : 'same answer';
}

/** For the details: what the two were. Empty: it is no shadow. */
export function comparedText({
  mirror,
  status,
  grpcStatus,
  duration,
  responseBytes,
}: HopView): string {
  if (!mirror) return '';
  const own = statusOf(mirror.primaryStatus, mirror.primaryGrpcStatus);
  const shadow = statusOf(status, grpcStatus);
  const parts = [
    mirror.compared ? undefined : 'not compared: one had no answer, or a fault had a part in it',
    `the caller got ${own}, the shadow ${shadow}`,
    `${formatBytes(mirror.primaryBytes)} and ${formatBytes(responseBytes)} of body`,
    `${formatMs(mirror.primaryDuration)} and ${formatMs(duration)}`,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function statusOf(status: number, grpcStatus: number): string {
  if (status === 0) return 'no answer';
  return grpcStatus < 0 ? String(status) : `${status}, gRPC ${grpcStatus}`;
}
