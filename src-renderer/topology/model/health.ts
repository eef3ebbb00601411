/** Kiali's thresholds: 5xx degrade above 0 % and fail at 10 %. */
import type { Fault, InstanceState } from '../../../src-main/api/contract/index.ts';

export type Health = 'idle' | 'ok' | 'degraded' | 'failing';

const FAILING = 0.1;

export function healthOf(rate: number, errorShare: number): Health {
  if (rate === 0) return 'idle';
  if (errorShare >= FAILING) return 'failing';
  return errorShare > 0 ? 'degraded' : 'ok';
}

/** Of a service by its instances: none ready is failing, some not ready is degraded. */
export function instanceHealth(instances: readonly InstanceState[]): Health {
  const ready = instances.filter(({ status }) => status === 'ready').length;
  if (ready === instances.length) return 'ok';
  const starting = instances.some(
    ({ status, restarts }) => status === 'starting' && restarts === 0,
  );
  if (ready === 0) return starting ? 'idle' : 'failing';
  return 'degraded';
}

const ORDER: readonly Health[] = ['idle', 'ok', 'degraded', 'failing'];

export function worst(...all: readonly Health[]): Health {
  return all.reduce(
    (one, other) => (ORDER.indexOf(other) > ORDER.indexOf(one) ? other : one),
    'idle',
  );
}

/** The faults in force on an edge. */
export function faultsOn(faults: readonly Fault[], from: string, to: string): Fault[] {
  return faults.filter(
    (fault) => fault.enabled && fault.to === to && (fault.from ?? from) === from,
  );
}
