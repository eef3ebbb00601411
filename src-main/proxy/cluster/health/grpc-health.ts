/** The messages of grpc.health.v1.Health/Check (https://github.com/grpc/grpc/blob/master/doc/health-checking.md). */
import { GrpcStatus, readGrpcStatus } from '../../grpc/status.ts';
import type { ProbeAnswer } from './request-probe.ts';

export const HEALTH_METHOD = '/grpc.health.v1.Health/Check';

/** HealthCheckRequest { string service = 1 }, framed as gRPC does: uncompressed, with its length. */
export function healthRequest(service: string): Buffer {
  const name = Buffer.from(service);
  const message = name.length === 0 ? name : Buffer.concat([tagged(name.length), name]);
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(message.length, 1);
  return Buffer.concat([frame, message]);
}

/** Field 1, of bytes: its length is a varint. */
function tagged(length: number): Buffer {
  const bytes = [0x0a];
  for (let rest = length; ; rest >>>= 7) {
    bytes.push(rest < 0x80 ? rest : (rest & 0x7f) | 0x80);
    if (rest < 0x80) return Buffer.from(bytes);
  }
}

/** HealthCheckResponse { ServingStatus status = 1 }, with SERVING = 1. */
const SERVING = Buffer.from([0x08, 0x01]);

export function isServing({ status, body, trailers }: ProbeAnswer): boolean {
  const at = trailers.indexOf('grpc-status');
  if (status !== 200 || readGrpcStatus(trailers[at + 1]) !== GrpcStatus.OK || at < 0) return false;
  return body.subarray(5).equals(SERVING);
}
