/** What a shadow's answer is compared with, and what differs. */
import type { MirrorComparison } from '../hop.ts';
import { HopFlag } from '../hop.ts';

/** How one of the two requests ended. */
export interface Answer {
  /** 0: there was none. */
  readonly status: number;
  /** -1: none was seen. */
  readonly grpcStatus: number;
  /** Of the whole body; undefined: it is not the service's, or not whole. */
  readonly body: string | undefined;
}

/** The caller's own request, as it ended. */
export interface PrimaryAnswer extends Answer {
  /** Milliseconds that the caller waited, retries included. */
  readonly duration: number;
  readonly bytes: number;
  /** Bits of HopFlag. */
  readonly flags: number;
  /** A fault has touched it. */
  readonly isInjected: boolean;
}

/**
 * Two answers are compared where there are two, and where no fault made one of them: an injected
 * failure says nothing of a version. Bodies count where the statuses are the same.
 */
export function compare(primary: PrimaryAnswer, shadow: Answer): MirrorComparison {
  const isGone = (primary.flags & HopFlag.DOWNSTREAM_GONE) !== 0;
  const compared = primary.status > 0 && shadow.status > 0 && !isGone && !primary.isInjected;
  const same = primary.status === shadow.status && primary.grpcStatus === shadow.grpcStatus;
  const bodies = [primary.body, shadow.body];
  const comparable = compared && same && bodies.every((body) => body !== undefined);
  return {
    compared,
    statusDiffers: compared && !same,
    bodyDiffers: comparable && primary.body !== shadow.body,
    primaryStatus: primary.status,
    primaryGrpcStatus: primary.grpcStatus,
    primaryDuration: primary.duration,
    primaryBytes: primary.bytes,
  };
}
