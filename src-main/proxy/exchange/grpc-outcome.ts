/** How a gRPC call ended, as its hop tells it. */
import {
  NO_GRPC_STATUS,
  grpcStatusOfHttp,
  isGrpcServerError,
  readGrpcStatus,
} from '../grpc/status.ts';
import { HopFlag } from '../hop.ts';
import type { HopDraft } from './hop-draft.ts';

/** From the head, where that is the whole answer (trailers-only). */
export function noteGrpcHead(
  hop: HopDraft,
  names: readonly string[],
  values: readonly string[],
): void {
  const at = names.indexOf('grpc-status');
  settle(hop, at < 0 ? NO_GRPC_STATUS : readGrpcStatus(values[at]));
}

/** From the trailers, names and values in turn; they overrule the head. */
export function noteGrpcTrailers(hop: HopDraft, trailers: readonly string[] = []): void {
  const at = trailers.indexOf('grpc-status');
  if (at >= 0) settle(hop, readGrpcStatus(trailers[at + 1]));
}

/** Of an answer of the proxy's own. */
export function noteLocalGrpc(hop: HopDraft, httpStatus: number): void {
  settle(hop, grpcStatusOfHttp(httpStatus));
}

function settle(hop: HopDraft, status: number): void {
  hop.grpcStatus = status;
  if (isGrpcServerError(status)) hop.flags |= HopFlag.GRPC_FAILURE;
}
