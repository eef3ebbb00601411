import { describe, expect, it } from 'vitest';
import {
  healthRequest,
  isServing,
} from '../../../../../src-main/proxy/cluster/health/grpc-health.ts';

describe("gRPC's health check", () => {
  it('asks for a service by name, or for the whole server', () => {
    expect(healthRequest('').toString('hex')).toBe('0000000000');
    expect(healthRequest('a.B').toString('hex')).toBe('00000000050a03612e42');
    const long = healthRequest('x'.repeat(200));
    expect(long.subarray(0, 8).toString('hex')).toBe('00000000cb0ac801');
  });

  it('is content with SERVING and status 0 alone', () => {
    const serving = Buffer.from('00000000020801', 'hex');
    const trailers = ['grpc-status', '0'];
    expect(isServing({ status: 200, body: serving, trailers })).toBe(true);
    const notServing = Buffer.from('00000000020802', 'hex');
    expect(isServing({ status: 200, body: notServing, trailers })).toBe(false);
    expect(isServing({ status: 200, body: serving, trailers: ['grpc-status', '12'] })).toBe(false);
    expect(isServing({ status: 200, body: serving, trailers: [] })).toBe(false);
    expect(isServing({ status: 503, body: serving, trailers })).toBe(false);
    expect(isServing({ status: 200, body: Buffer.alloc(0), trailers })).toBe(false);
  });
});
