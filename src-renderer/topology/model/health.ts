/** How edges and services are, by Kiali's thresholds or those of the document. Pure. */
import { DEFAULT_THRESHOLDS } from '../../../src-main/api/contract/index.ts';
import type {
  EdgeState,
  Fault,
  HealthThresholds,
  InstanceState,
  Threshold,
} from '../../../src-main/api/contract/index.ts';
import { realErrors } from './totals.ts';

export type Health = 'idle' | 'ok' | 'degraded' | 'failing';

/** What an edge's health depends on. */
export type HealthFigures = Pick<
  EdgeState,
  'rate' | 'errorShare' | 'injectedErrorShare' | 'clientErrorShare' | 'grpcErrorShare'
>;

/** Injected failures do not count: they are drawn in a colour of their own. */
export function healthOf(
  figures: HealthFigures,
  thresholds: HealthThresholds = DEFAULT_THRESHOLDS,
): Health {
  if (figures.rate === 0) return 'idle';
  return worst(
    judge(realErrors(figures), thresholds.serverErrors),
    judge(figures.clientErrorShare, thresholds.clientErrors),
    judge(figures.grpcErrorShare, thresholds.grpcErrors),
  );
}

/** `share`: 0 to 1. Nothing is never unwell, whatever the thresholds. */
function judge(share: number, { degraded, failing }: Threshold): Health {
  const percent = share * 100;
  if (percent === 0) return 'ok';
  if (percent >= failing) return 'failing';
  return percent > degraded ? 'degraded' : 'ok';
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

/** The faults in force on an edge. A partition cuts both directions, between all of its two sides. */
export function faultsOn(faults: readonly Fault[], from: string, to: string): Fault[] {
  return faults.filter((fault) => {
    if (!fault.enabled) return false;
    const { fromAlso = [], toAlso = [] } = fault.partition ?? {};
    const isTo = (name: string): boolean => fault.to === name || toAlso.includes(name);
    const isFrom = (name: string): boolean =>
      fault.from === undefined || fault.from === name || fromAlso.includes(name);
    const isCut = fault.partition !== undefined && isTo(from) && isFrom(to);
    return (isTo(to) && isFrom(from)) || isCut;
  });
}
