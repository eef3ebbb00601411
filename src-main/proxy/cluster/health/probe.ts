/** What a check asks an endpoint, over a connection of its own, mutual TLS included. */
import type { Clock } from '../../../base/clock.ts';
import type { ClusterConfig } from '../../config.ts';
import type { HealthCheckConfig } from '../../config/upstream.ts';
import type { IdSource } from '../../exchange/trace-context.ts';
import { formatTraceparent } from '../../exchange/trace-context.ts';
import type { OutgoingRequest } from '../../exchange/streams.ts';
import type { EndpointPool } from '../endpoint-pool.ts';
import type { Probe } from './checker.ts';
import { HEALTH_METHOD, healthRequest, isServing } from './grpc-health.ts';
import { RequestProbe } from './request-probe.ts';

export interface ProbeContext {
  readonly clock: Clock;
  readonly ids: IdSource;
}

const AGENT = 'faultline-health-check';

/** @param pool for checks alone */
export function createProbe(
  { check }: HealthCheckConfig,
  cluster: ClusterConfig,
  pool: EndpointPool,
  context: ProbeContext,
): Probe {
  const { service } = cluster;
  if ('tcp' in check) return (onResult) => probeTcp(pool, context.clock, onResult);
  if ('grpc' in check) {
    const body = healthRequest(check.grpc);
    return (onResult) => {
      const headers = { 'content-type': 'application/grpc', te: 'trailers', 'user-agent': AGENT };
      const request = requestOf('POST', HEALTH_METHOD, service, headers, context.ids);
      return new RequestProbe(pool, request, body, isServing, onResult).start('h2');
    };
  }
  const expected = new Set(check.expectedStatuses);
  return (onResult) => {
    const request = requestOf('GET', check.path, service, { 'user-agent': AGENT }, context.ids);
    const isWell = ({ status }: { readonly status: number }): boolean => expected.has(status);
    const probe = new RequestProbe(pool, request, undefined, isWell, onResult);
    return probe.start(cluster.protocol ?? 'http/1.1');
  };
}

function requestOf(
  method: string,
  path: string,
  host: string,
  headers: Readonly<Record<string, string>>,
  ids: IdSource,
): OutgoingRequest {
  return {
    head: {
      method,
      path,
      host,
      minorVersion: 1,
      names: Object.keys(headers),
      values: Object.values(headers),
      contentLength: -1,
      chunked: method === 'POST',
      close: false,
      nominated: undefined,
      upgrade: '',
      expectContinue: false,
    },
    direction: 'outbound',
    remoteAddress: '',
    scheme: 'http',
    requestId: ids.requestId(),
    clientCertificate: '',
    traceparent: formatTraceparent(ids.newTrace(), ids.spanId()),
  };
}

/** A sidecar takes a connection before it knows whether its workload does, and resets it then. */
const SETTLE = 100;

function probeTcp(
  pool: EndpointPool,
  clock: Clock,
  onResult: (isWell: boolean) => void,
): { cancel(): void } {
  let stop = (): void => undefined;
  const connecting = pool.openTunnel(
    (socket) => {
      const finish = (isWell: boolean): void => {
        stop();
        onResult(isWell);
      };
      const onClosed = (): void => finish(false);
      const timer = clock.after(SETTLE, () => finish(true));
      stop = () => {
        timer.cancel();
        socket.off('close', onClosed);
        socket.off('end', onClosed);
        socket.destroy();
      };
      // What is wrong is told by the close that follows.
      socket.on('error', () => undefined);
      socket.on('close', onClosed);
      socket.on('end', onClosed);
      socket.resume();
    },
    () => onResult(false),
  );
  return {
    cancel() {
      connecting.cancel();
      stop();
    },
  };
}
