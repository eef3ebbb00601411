/** The balancer that a configuration asks for. */
import type { Chance } from '../../../base/chance.ts';
import type { Clock } from '../../../base/clock.ts';
import type { LoadBalancingConfig } from '../../config/upstream.ts';
import type { Balancer } from './balancer.ts';
import { Consistent } from './consistent.ts';
import { LeastRequest } from './least-request.ts';
import { MaglevTable } from './maglev.ts';
import { Random } from './random.ts';
import { RingTable } from './ring-hash.ts';
import { RoundRobin } from './round-robin.ts';
import { SlowStart } from './slow-start.ts';
import type { Warming } from './slow-start.ts';

type Maker = <T extends Warming>(chance: Chance) => Balancer<T>;

const MAKERS = {
  roundRobin: () => new RoundRobin(),
  leastRequest: (chance) => new LeastRequest(chance),
  random: (chance) => new Random(chance),
  maglev: (chance) => new Consistent((endpoints) => new MaglevTable(endpoints), chance),
  ringHash: (chance) => new Consistent((endpoints) => new RingTable(endpoints), chance),
} as const satisfies Record<LoadBalancingConfig['algorithm'], Maker>;

export function createBalancer<T extends Warming>(
  config: LoadBalancingConfig | undefined,
  clock: Clock,
  chance: Chance,
): Balancer<T> {
  if (!config) return new RoundRobin();
  const { algorithm, slowStart } = config;
  const make: Maker = MAKERS[algorithm];
  if (!slowStart || (algorithm !== 'roundRobin' && algorithm !== 'leastRequest'))
    return make(chance);
  return new SlowStart(slowStart, clock, make(chance), algorithm === 'leastRequest');
}
