/** How a gRPC call ended, as its hop tells it. */
import {
  GrpcStatus,
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

/**
 * At the answer's end: from the trailers, names and values in turn, which overrule the head. An answer
 * that tells no status at all has failed, and callers read it from the one of HTTP (gRPC's table).
 */
export function noteGrpcEnd(hop: HopDraft, trailers: readonly string[] = []): void {
  const at = trailers.indexOf('grpc-status');
  if (at >= 0) settle(hop, readGrpcStatus(trailers[at + 1]));
  else if (hop.grpcStatus === NO_GRPC_STATUS) noteNoStatus(hop);
}

/** Of an answer of the proxy's own, or one that it cut off. */
export function noteLocalGrpc(hop: HopDraft, httpStatus: number, grpcStatus?: number): void {
  settle(hop, grpcStatus ?? grpcStatusOfHttp(httpStatus));
}

function noteNoStatus(hop: HopDraft): void {
  settle(hop, hop.status === 200 ? GrpcStatus.UNKNOWN : grpcStatusOfHttp(hop.status));
}

function settle(hop: HopDraft, status: number): void {
  hop.grpcStatus = status;
  if (isGrpcServerError(status)) hop.flags |= HopFlag.GRPC_FAILURE;
  else hop.flags &= ~HopFlag.GRPC_FAILURE;
}
