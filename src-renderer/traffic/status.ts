/** How an answer's status is said, of HTTP or of gRPC. Pure. */

interface Answered {
  readonly status: number;
  /** -1: none. */
  readonly grpcStatus: number;
}

/** In order of their numbers (https://grpc.io/docs/guides/status-codes/). */
const GRPC_NAMES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

/** Short enough for a column: the status of HTTP, or `g14`; a dash where there was no answer. */
export function statusText({ status, grpcStatus }: Answered): string {
  if (grpcStatus >= 0) return `g${grpcStatus}`;
  return status === 0 ? '–' : String(status);
}

/** In full, for gRPC; empty where the number says it. */
export function statusName({ grpcStatus }: Answered): string {
  return grpcStatus < 0 ? '' : `gRPC ${grpcStatus} ${GRPC_NAMES[grpcStatus] ?? ''}`.trimEnd();
}
