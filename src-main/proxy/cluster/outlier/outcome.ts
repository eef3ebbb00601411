/** What outlier detection takes a try for. */
import type { FailureCode } from '../../failures.ts';
import { GrpcStatus, NO_GRPC_STATUS } from '../../grpc/status.ts';

/** The endpoint did not answer (Envoy's local origin events). */
export const LOCAL_FAILURES: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'connect-failure',
  'identity-mismatch',
  'upstream-reset',
  'refused-stream',
  'upstream-protocol',
  'timeout',
  'per-try-timeout',
  'stream-idle',
  'per-try-idle-timeout',
]);

export const TIMEOUTS: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'timeout',
  'per-try-timeout',
  'stream-idle',
  'per-try-idle-timeout',
]);

/** As Envoy maps them (grpcToHttpStatus); the others are no fault of a service. */
const HTTP_OF_GRPC: ReadonlyMap<number, number> = new Map([
  [GrpcStatus.UNKNOWN, 500],
  [GrpcStatus.DEADLINE_EXCEEDED, 504],
  [GrpcStatus.UNIMPLEMENTED, 501],
  [GrpcStatus.INTERNAL, 500],
  [GrpcStatus.UNAVAILABLE, 503],
  [GrpcStatus.DATA_LOSS, 500],
]);

/** The HTTP status that an answer counts as: of gRPC the one that its own status stands for. */
export function outlierStatus(status: number, grpcStatus: number): number {
  if (grpcStatus === NO_GRPC_STATUS) return status;
  return HTTP_OF_GRPC.get(grpcStatus) ?? 200;
}
