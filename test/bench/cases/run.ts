/** Measures one case: all who can do it, by turns, so that a machine that slows down slows all. */
import { cpuSeconds } from '../cpu.ts';
import { median } from '../loads/measured.ts';
import type { Measured } from '../loads/measured.ts';
import { listening, stop } from '../peers/peer.ts';
import type { Peer, PeerSetup } from '../peers/peer.ts';
import type { BenchCase, Target } from './case.ts';

export interface CaseFigures extends Omit<Measured, 'requests'> {
  readonly peer: string;
  /** Seconds of processor time for 1,000 of what is counted. */
  readonly cpu: number;
}

export interface Plan {
  readonly rounds: number;
  readonly seconds: number;
}

type Round = Measured & { readonly cpu: number };

export async function runCase(
  one: BenchCase,
  peers: readonly Peer[],
  setups: readonly PeerSetup[],
  plan: Plan,
): Promise<CaseFigures[]> {
  const targets = await Promise.all(peers.map((peer, i) => start(peer, setups[i] as PeerSetup)));
  const rounds = targets.map((): Round[] => []);
  try {
    for (const target of targets) await one.measure(target, 1);
    for (let round = 0; round < plan.rounds; round++) {
      for (const [i, target] of targets.entries()) {
        rounds[i]?.push(await measure(one, target, plan.seconds));
      }
    }
  } finally {
    await Promise.all(targets.map(({ process: child }) => stop(child)));
  }
  return peers.map(({ name }, i) => ({ peer: name, ...summary(rounds[i] ?? []) }));
}

async function start(peer: Peer, setup: PeerSetup): Promise<Target> {
  const process = peer.start(setup);
  await listening(setup.outbound);
  await listening(setup.inbound);
  return { ...setup, process };
}

async function measure(one: BenchCase, target: Target, seconds: number): Promise<Round> {
  const before = cpuSeconds(target.process.pid ?? 0);
  const measured = await one.measure(target, seconds);
  const cpu = ((cpuSeconds(target.process.pid ?? 0) - before) / measured.requests) * 1000;
  return { ...measured, cpu };
}

/** Of each figure the median; of memory the first round's, since what was used once is kept. */
function summary(rounds: readonly Round[]): Omit<CaseFigures, 'peer'> {
  const of = (name: 'throughput' | 'p50' | 'p99' | 'cpu'): number =>
    median(rounds.map((round) => round[name] ?? 0));
  const [first] = rounds;
  return {
    throughput: of('throughput'),
    cpu: of('cpu'),
    ...(first?.p50 !== undefined && { p50: of('p50'), p99: of('p99') }),
    ...(first?.memory !== undefined && { memory: first.memory }),
  };
}
