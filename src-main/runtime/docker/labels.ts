/** The labels by which everything that Faultline makes in an engine is known as its own. */
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { beganAt } from '../process/run-record.ts';

/** The mesh's file. */
export const MESH = 'faultline.mesh';
/** The Faultline that made it: `<machine>/<pid>/<when that process began>`. */
export const ENGINE = 'faultline.engine';
/** Of containers: the instance. */
export const INSTANCE = 'faultline.instance';
/** Of containers: what it is of a pod. */
export const ROLE = 'faultline.role';

/** `helper`: it does one thing to a workload, and is gone. */
export type Role = 'sidecar' | 'workload' | 'network' | 'volume' | 'helper';

export interface LabelsOf {
  /** The mesh's file, absolute. */
  readonly meshFile: string;
  readonly role: Role;
  readonly instance?: string;
}

/** For a container, network or volume that this process makes. */
export function labelsFor({ meshFile, role, instance }: LabelsOf): Record<string, string> {
  return {
    [MESH]: meshFile,
    [ENGINE]: ownEngine(),
    [ROLE]: role,
    ...(instance !== undefined && { [INSTANCE]: instance }),
  };
}

let own: string | undefined;

/** What `ENGINE` says of what this process makes. */
export function ownEngine(): string {
  own ??= `${machine()}/${process.pid}/${beganAt(process.pid) ?? ''}`;
  return own;
}

/**
 * Whether the Faultline that made a thing has ended. Of one on another machine, which shares the
 * engine with this one, nobody can tell: it is taken to live.
 */
export function hasEnded(engine: string): boolean {
  const [where, pid, ...began] = engine.split('/');
  return where === machine() && beganAt(Number(pid)) !== began.join('/');
}

/** Of the Faultline that made a thing; undefined where that is another machine's. */
export function pidOnThisMachine(engine: string): number | undefined {
  const [where, pid] = engine.split('/');
  return where === machine() ? Number(pid) : undefined;
}

/** Two machines may share one engine. */
function machine(): string {
  return hostname().replaceAll('/', '_');
}

/** Part of the names of containers and networks: short, and of this mesh alone. */
export function meshHash(meshFile: string): string {
  return createHash('sha256').update(meshFile).digest('hex').slice(0, 8);
}
