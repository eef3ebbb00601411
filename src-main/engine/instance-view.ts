/** An instance as the app sees it. */
import type { InstanceState } from '../api/contract/index.ts';
import { placeOf } from '../runtime/instance.ts';
import type { InstanceFacts } from './instance-facts.ts';

export function instanceView({
  spec,
  report,
  inbound,
  leaf,
  avoided,
}: InstanceFacts): InstanceState {
  const locality = placeOf(spec);
  return {
    id: spec.id,
    service: spec.service.name,
    version: spec.version.name,
    runtime: spec.version.workload.runtime,
    status: report?.status ?? 'starting',
    restarts: report?.restarts ?? 0,
    spiffeId: leaf.spiffeId,
    certificateExpires: leaf.notAfter,
    ...(report?.reason !== undefined && { reason: report.reason }),
    ...(report?.pid !== undefined && { pid: report.pid }),
    ...(report?.startedAt !== undefined && { startedAt: report.startedAt }),
    ...(inbound !== undefined && { inbound }),
    ...(locality !== undefined && { locality }),
    ...(avoided.length > 0 && { avoided: [...avoided] }),
  };
}
