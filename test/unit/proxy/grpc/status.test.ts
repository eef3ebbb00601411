import { describe, expect, it } from 'vitest';
import {
  GrpcStatus,
  encodeGrpcMessage,
  grpcStatusOfHttp,
  isGrpc,
  readGrpcStatus,
} from '../../../../src-main/proxy/grpc/status.ts';

describe('gRPC', () => {
  it('is told by its content type, with or without a message format', () => {
    expect(isGrpc(['content-type'], ['application/grpc'])).toBe(true);
    expect(isGrpc(['content-type'], ['application/grpc+proto'])).toBe(true);
    expect(isGrpc(['content-type'], ['application/grpc-web'])).toBe(false);
    expect(isGrpc([], [])).toBe(false);
  });

  it('has a status for what HTTP says', () => {
    expect(grpcStatusOfHttp(503)).toBe(GrpcStatus.UNAVAILABLE);
    expect(grpcStatusOfHttp(504)).toBe(GrpcStatus.DEADLINE_EXCEEDED);
    expect(grpcStatusOfHttp(403)).toBe(GrpcStatus.PERMISSION_DENIED);
    expect(grpcStatusOfHttp(418)).toBe(GrpcStatus.UNKNOWN);
  });

  it('reads a status strictly', () => {
    expect(readGrpcStatus('14')).toBe(14);
    expect(readGrpcStatus('99')).toBe(GrpcStatus.UNKNOWN);
    expect(readGrpcStatus('-1')).toBe(-1);
    expect(readGrpcStatus(undefined)).toBe(-1);
  });

  it('encodes its message so that it is one line of ASCII', () => {
    expect(encodeGrpcMessage('50 % \u00e4\n')).toBe('50 %25 %C3%A4%0A');
  });
});
