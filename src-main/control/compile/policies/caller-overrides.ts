/**
 * Whether callers may set timeouts and retries by Envoy's headers. Only services of the mesh may: at
 * the gateway such headers come from outside, and are taken off as soon as any route heeds them.
 */
import type { Mesh } from '../../../spec/mesh.ts';
import { GATEWAY } from '../input.ts';
import type { CompilePolicy } from './policy.ts';

const HEADERS = [
  'x-envoy-max-retries',
  'x-envoy-retry-on',
  'x-envoy-retry-grpc-on',
  'x-envoy-retriable-status-codes',
  'x-envoy-upstream-rq-timeout-ms',
  'x-envoy-upstream-rq-per-try-timeout-ms',
  'x-envoy-hedge-on-per-try-timeout',
];

export const compileCallerOverrides: CompilePolicy = ({ mesh, caller, policy }) => {
  const isOutside = caller.service === GATEWAY;
  const heeds = policy.callerOverrides ?? false;
  if (isOutside ? !isHeededAnywhere(mesh) : !heeds) return {};
  const { remove = [], ...operations } = policy.requestHeaders ?? {};
  return {
    // Envoy consumes them: the service behind is told nothing of it.
    requestHeaders: { ...operations, remove: [...remove, ...HEADERS] },
    ...(!isOutside && { callerOverrides: true }),
  };
};

function isHeededAnywhere({ traffic }: Mesh): boolean {
  return Object.values(traffic).some(
    ({ callerOverrides, routes = [] }) =>
      callerOverrides || routes.some(({ policy }) => policy.callerOverrides),
  );
}
