/** The hop caller → sidecar → mutual TLS → sidecar → service, through each peer by turns. */
import type { ChildProcess } from 'node:child_process';
import type { Plan } from './cases/run.ts';
import { cpuSeconds } from './cpu.ts';
import { median } from './loads/measured.ts';
import { load } from './loads/wrk.ts';
import type { WrkMeasured } from './loads/wrk.ts';
import { listening, stop } from './peers/peer.ts';
import type { Peer, PeerSetup } from './peers/peer.ts';

export interface HopFigures {
  readonly peer: string;
  /** Requests per second over 32 connections. */
  readonly throughput: number;
  /** Milliseconds that the hop adds at one connection. */
  readonly p50: number;
  readonly p99: number;
  /** Seconds of processor time for 1,000 requests. */
  readonly cpu: number;
}

const CONNECTIONS = 32;

interface Running {
  readonly peer: Peer;
  readonly url: string;
  readonly process: ChildProcess;
}

interface Round {
  readonly busy: WrkMeasured;
  readonly single: WrkMeasured;
  readonly cpu: number;
}

/** Interleaved rounds, so that a machine that slows down slows all of them. */
export async function measureHop(
  peers: readonly Peer[],
  setups: readonly PeerSetup[],
  plan: Plan,
  say: (text: string) => void,
): Promise<HopFigures[]> {
  const running = await Promise.all(peers.map((peer, i) => start(peer, setups[i] as PeerSetup)));
  const direct = `http://127.0.0.1:${setups[0]?.service}/`;
  const rounds = running.map((): Round[] => []);
  const base: WrkMeasured[] = [];
  try {
    for (const { url } of running) await load(url, CONNECTIONS, 1);
    for (let round = 0; round < plan.rounds; round++) {
      base.push(await load(direct, 1, plan.seconds));
      for (const [i, one] of running.entries()) rounds[i]?.push(await measure(one, plan.seconds));
      say(`round ${round + 1} of ${plan.rounds}`);
    }
  } finally {
    await Promise.all(running.map(({ process: child }) => stop(child)));
  }
  const [p50, p99] = [median(base.map((one) => one.p50)), median(base.map((one) => one.p99))];
  return running.map(({ peer }, i) => summarize(peer.name, rounds[i] ?? [], p50, p99));
}

async function start(peer: Peer, setup: PeerSetup): Promise<Running> {
  const process = peer.start(setup);
  await listening(setup.outbound);
  await listening(setup.inbound);
  return { peer, process, url: `http://127.0.0.1:${setup.outbound}/` };
}

async function measure({ url, process: child }: Running, seconds: number): Promise<Round> {
  const before = cpuSeconds(child.pid ?? 0);
  const busy = await load(url, CONNECTIONS, seconds);
  const cpu = ((cpuSeconds(child.pid ?? 0) - before) / busy.requests) * 1000;
  return { busy, cpu, single: await load(url, 1, seconds) };
}

function summarize(peer: string, rounds: readonly Round[], p50: number, p99: number): HopFigures {
  return {
    peer,
    throughput: median(rounds.map(({ busy }) => busy.throughput)),
    p50: median(rounds.map(({ single }) => single.p50)) - p50,
    p99: median(rounds.map(({ single }) => single.p99)) - p99,
    cpu: median(rounds.map(({ cpu }) => cpu)),
  };
}
