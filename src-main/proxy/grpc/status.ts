/** gRPC's status codes, where a proxy meets them (https://grpc.io/docs/guides/status-codes/). */

export const GrpcStatus = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

/** No status was seen. */
export const NO_GRPC_STATUS = -1;

/** "HTTP to gRPC Status Code Mapping" of the gRPC project, with Envoy's two exceptions. */
export function grpcStatusOfHttp(status: number): number {
  switch (status) {
    case 200:
      return GrpcStatus.OK;
    case 400:
      return GrpcStatus.INTERNAL;
    case 401:
      return GrpcStatus.UNAUTHENTICATED;
    case 403:
      return GrpcStatus.PERMISSION_DENIED;
    case 404:
      return GrpcStatus.UNIMPLEMENTED;
    case 429:
    case 502:
    case 503:
      return GrpcStatus.UNAVAILABLE;
    // The project's table says UNAVAILABLE; a caller that waited in vain looks for this one.
    case 504:
    case 408:
      return GrpcStatus.DEADLINE_EXCEEDED;
    default:
      return GrpcStatus.UNKNOWN;
  }
}

/** The faults of a service, not of its caller: what health and error rates count. */
const SERVER_ERRORS: ReadonlySet<number> = new Set([
  GrpcStatus.UNKNOWN,
  GrpcStatus.DEADLINE_EXCEEDED,
  GrpcStatus.UNIMPLEMENTED,
  GrpcStatus.INTERNAL,
  GrpcStatus.UNAVAILABLE,
  GrpcStatus.DATA_LOSS,
]);

/** As Prometheus' and OpenTelemetry's conventions count a server span as an error. */
export function isGrpcServerError(status: number): boolean {
  return SERVER_ERRORS.has(status);
}

export function isGrpc(names: readonly string[], values: readonly string[]): boolean {
  const at = names.indexOf('content-type');
  return at >= 0 && /^application\/grpc(?:$|[+;])/i.test(values[at] as string);
}

/** The status that a head or trailers tell; NO_GRPC_STATUS where they tell none that is valid. */
export function readGrpcStatus(value: string | undefined): number {
  if (value === undefined || !/^[0-9]{1,2}$/.test(value)) return NO_GRPC_STATUS;
  const status = Number(value);
  return status <= GrpcStatus.UNAUTHENTICATED ? status : GrpcStatus.UNKNOWN;
}

/** `grpc-message` is percent-encoded (gRPC over HTTP/2, "Responses"). */
export function encodeGrpcMessage(message: string): string {
  return message.replace(/[^\x20-\x24\x26-\x7e]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${hex(byte)}`).join(''),
  );
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
