import { describe, expect, it } from 'vitest';
import type { TrafficPolicy } from '../../../../src-main/spec/mesh.ts';
import { SAMPLE, meshOf } from './sample.ts';

function policyOf(text: string): TrafficPolicy | undefined {
  const line = `    timeout: 2s\n    ${text}\n`;
  return meshOf(SAMPLE.replace('    timeout: 2s\n', line)).traffic['payments'];
}

describe('how instances are called', () => {
  it("has Envoy's thresholds where a circuit breaker leaves one out", () => {
    expect(policyOf('circuitBreaker: { maxRequests: 7 }')?.circuitBreaker).toEqual({
      maxConnections: 1024,
      maxPendingRequests: 1024,
      maxRequests: 7,
      maxRetries: 3,
    });
    expect(policyOf('')?.circuitBreaker).toBeUndefined();
  });

  it('has of the connection pool only what is given, in milliseconds', () => {
    expect(
      policyOf('connectionPool: { idleTimeout: 2s, tcpKeepalive: 0s }')?.connectionPool,
    ).toEqual({ idleTimeout: 2000, tcpKeepalive: 0 });
  });
});
