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

  it("has Envoy's values where outlier detection leaves them out", () => {
    const policy = policyOf(
      'outlierDetection: { consecutive5xx: 3, baseEjectionTime: 10s, successRate: {} }',
    );
    expect(policy?.outlierDetection).toEqual({
      consecutive5xx: 3,
      consecutiveGatewayErrors: 0,
      interval: 10_000,
      baseEjectionTime: 10_000,
      maxEjectionTime: 300_000,
      maxEjectionPercent: 10,
      successRate: { minimumHosts: 5, requestVolume: 100, stdevFactor: 1900 },
    });
  });

  it('has one thing that a health check asks for', () => {
    const usual = {
      interval: 5000,
      timeout: 1000,
      jitter: 0,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    };
    expect(policyOf('healthCheck: { path: /ready }')?.healthCheck).toEqual({
      check: { path: '/ready', expectedStatuses: [200] },
      ...usual,
    });
    expect(
      policyOf('healthCheck: { tcp: true, interval: 1s, jitter: 100ms }')?.healthCheck,
    ).toEqual({ check: { tcp: true }, ...usual, interval: 1000, jitter: 100 });
    expect(policyOf('healthCheck: { grpc: "" }')?.healthCheck?.check).toEqual({ grpc: '' });
    for (const [text, problem] of [
      ['healthCheck: {}', 'a health check is made by one of path, tcp and grpc'],
      [
        'healthCheck: { path: /a, tcp: true }',
        'a health check is made by one of path, tcp and grpc',
      ],
      [
        'healthCheck: { tcp: true, expectedStatuses: [200] }',
        '"expectedStatuses" goes with a path',
      ],
    ] as const) {
      expect(() => policyOf(text)).toThrow(problem.replaceAll('"', '\\"'));
    }
  });

  it('has of the connection pool only what is given, in milliseconds', () => {
    expect(
      policyOf('connectionPool: { idleTimeout: 2s, tcpKeepalive: 0s }')?.connectionPool,
    ).toEqual({ idleTimeout: 2000, tcpKeepalive: 0 });
  });
});
