/** Between a container and a local process, where the document says how to run either. Pure. */
import type { Edit, Service } from '../../src-main/api/contract/index.ts';

export type RuntimeSwitch = Extract<Edit, { kind: 'set-runtime' }>;

/** The edit that runs a version the other way; undefined: there is no other. */
export function runtimeSwitch(service: Service, name: string): RuntimeSwitch | undefined {
  const version = service.versions.find((one) => one.name === name);
  const now = version?.workload.runtime;
  const other = version?.runtimes?.find((runtime) => runtime !== now);
  if (other === undefined || now === 'stub') return undefined;
  const isOneOfSeveral = service.versions.length > 1;
  return {
    kind: 'set-runtime',
    service: service.name,
    ...(isOneOfSeveral && { version: name }),
    runtime: other,
  };
}
