/**
 * Instances that wait for services which they depend on (`dependsOn`), as the Compose Specification has
 * it: until those have been started, are healthy, or have run to their end. Only the first start waits.
 */
import type { Dependency } from '../spec/mesh.ts';
import type { InstanceSpec } from './instance.ts';
import type { InstanceReport } from './runtime.ts';

interface Known {
  readonly spec: InstanceSpec;
  report: InstanceReport | undefined;
}

interface Waiting {
  readonly spec: InstanceSpec;
  readonly start: () => void;
  /** What was told last. */
  told: string;
}

interface Missing {
  /** What is waited for. */
  readonly words: string;
  readonly fails: boolean;
}

export class StartOrder {
  readonly #tell: (report: InstanceReport) => void;
  readonly #known = new Map<string, Known>();
  readonly #waiting = new Map<string, Waiting>();
  #isDue = false;

  /** `tell`: of one that waits, for what. */
  constructor(tell: (report: InstanceReport) => void) {
    this.#tell = tell;
  }

  /** Calls `start` once all is as the instance needs it: not before all of this turn are known. */
  add(spec: InstanceSpec, start: () => void): void {
    this.#known.set(spec.id, { spec, report: undefined });
    if ((spec.service.dependsOn ?? []).length === 0) return start();
    this.#waiting.set(spec.id, { spec, start, told: '' });
    this.#checkSoon();
  }

  onReport(report: InstanceReport): void {
    const known = this.#known.get(report.id);
    if (!known) return;
    known.report = report;
    if (this.#waiting.size > 0) this.#checkSoon();
  }

  /** Starts it without further waiting. False where it does not wait. */
  startNow(id: string): boolean {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.start();
    return waiting !== undefined;
  }

  /** It is not to be started any more, and nobody waits for it. */
  forget(id: string): void {
    this.#waiting.delete(id);
    this.#known.delete(id);
    this.#checkSoon();
  }

  close(): void {
    this.#waiting.clear();
    this.#known.clear();
  }

  #checkSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      this.#check();
    });
  }

  #check(): void {
    for (const [id, waiting] of this.#waiting) {
      const missing = this.#missing(waiting.spec.service.dependsOn ?? []);
      if (missing === undefined) this.startNow(id);
      else if (missing.words !== waiting.told) {
        waiting.told = missing.words;
        this.#tellWaiting(id, missing);
      }
    }
  }

  /** One that waits for what fails has failed so far: nobody is to wait for its start. */
  #tellWaiting(id: string, { words, fails }: Missing): void {
    const status = fails ? 'failed' : 'starting';
    const report: InstanceReport = { id, status, reason: `waits for ${words}`, restarts: 0 };
    const known = this.#known.get(id);
    if (known) known.report = report;
    this.#tell(report);
    // Others may wait for this one.
    this.#checkSoon();
  }

  /** The first that is not as it is needed; undefined: all are. */
  #missing(dependencies: readonly Dependency[]): Missing | undefined {
    for (const dependency of dependencies) {
      const own = [...this.#known.values()].filter(
        ({ spec }) => spec.service.name === dependency.service,
      );
      const late = own.find(({ report }) => !isMet(dependency.condition, report));
      if (late) return describe(dependency, late.report);
    }
    return undefined;
  }
}

/** Pure. */
export function isMet(
  condition: Dependency['condition'],
  report: InstanceReport | undefined,
): boolean {
  if (!report) return false;
  switch (condition) {
    case 'started':
      return report.pid !== undefined || report.status === 'ready' || hasCompleted(report);
    case 'healthy':
      return report.status === 'ready';
    case 'completed':
      return hasCompleted(report);
  }
}

function hasCompleted({ status, exitCode }: InstanceReport): boolean {
  return status === 'stopped' && exitCode === 0;
}

const WORDS: Readonly<Record<Dependency['condition'], string>> = {
  started: 'to be started',
  healthy: 'to be healthy',
  completed: 'to run to its end',
};

function describe({ service, condition }: Dependency, report: InstanceReport | undefined): Missing {
  const fails = report?.status === 'failed';
  const why = fails ? `, which fails: ${report.reason ?? ''}` : '';
  return { words: `${service} ${WORDS[condition]}${why}`, fails };
}
