/** The environment that an instance is started with, as it may be shown. Pure. */
import type { EnvironmentVariable } from '../../api/contract/index.ts';
import { calleesEnv } from '../../runtime/instance.ts';
import type { InstanceSpec } from '../../runtime/instance.ts';
import type { InstanceWiring } from '../../runtime/runtime.ts';
import { maskValue } from './secrets.ts';

/**
 * What the document says and what Faultline adds, by name, secrets masked. What a process inherits
 * of whoever has started Faultline is left out: it is not the mesh's.
 */
export function environmentOf(spec: InstanceSpec, wiring: InstanceWiring): EnvironmentVariable[] {
  const { workload } = spec.version;
  if (workload.runtime === 'stub' || !('env' in workload)) return [];
  const isTold = workload.runtime === 'process' || workload.addresses;
  const added: Readonly<Record<string, string>> = isTold
    ? { ...calleesEnv(wiring.callees), PORT: String(wiring.port) }
    : {};
  const own = Object.entries(workload.env).filter(([name]) => !isTold || name !== 'PORT');
  const names = new Set(own.map(([name]) => name));
  const given = Object.entries(added).filter(([name]) => !names.has(name));
  return [
    ...own.map(([name, value]) => variable(name, value, 'document')),
    ...given.map(([name, value]) => variable(name, value, 'faultline')),
  ].toSorted((a, b) => a.name.localeCompare(b.name));
}

function variable(
  name: string,
  value: string,
  origin: EnvironmentVariable['origin'],
): EnvironmentVariable {
  const shown = maskValue(name, value);
  return { name, value: shown, masked: shown !== value, origin };
}
