/** One measurement: a work, a load, and who does it. */
import type { ChildProcess } from 'node:child_process';
import type { Measured } from '../loads/measured.ts';
import type { Peer, PeerSetup } from '../peers/peer.ts';
import type { Work } from '../work.ts';

export interface BenchCase {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  /** What is counted. */
  readonly unit: string;
  readonly work: Work;
  /** Instead of everybody who can. Faultline's own figure stands first. */
  readonly peers?: readonly Peer[];
  /** A program without which nothing is measured. */
  readonly needs?: string;
  measure(target: Target, seconds: number): Promise<Measured>;
}

export interface Target extends PeerSetup {
  readonly process: ChildProcess;
}
