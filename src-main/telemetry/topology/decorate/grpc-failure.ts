import { flagBadge } from './flag-badge.ts';

/** The answer was a gRPC status that is the service's fault. */
export const grpcFailure = flagBadge('grpc-failure', ['GRPC_FAILURE']);
