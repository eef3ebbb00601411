/**
 * Canary rollouts: the share of a version that grows step by step, each step an ordinary edit of the
 * document's split. Who changes the split meanwhile ends the rollout; nothing goes on behind
 * anybody's back.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Clock, Timer } from '../base/clock.ts';
import type { Percent } from '../base/units.ts';
import { formatDuration } from '../base/units.ts';
import type { RolloutPlan, RolloutView } from '../spec/rollout.ts';
import { moveShare } from '../spec/split-shares.ts';
import type { Split } from '../spec/split-shares.ts';

export interface RolloutOptions {
  readonly clock: Clock;
  /** What the document says, and what holds where it says nothing; undefined: no such service. */
  split(service: string): { written: Split | undefined; acting: Split } | undefined;
  /** Edits the document; `null` takes the split away. Rejects where that is refused. */
  edit(service: string, split: Split | null): Promise<void>;
  /** Per cent of the answers of a version that failed just now; undefined: it had none. */
  errors(service: string, version: string): Percent | undefined;
  /** Some rollout is another than before. */
  onChange(): void;
  onEvent(severity: 'info' | 'warning' | 'error', message: string, service: string): void;
}

interface Running {
  view: RolloutView;
  /** Of the document before it began: what it is rolled back to. */
  readonly before: Split | null;
  /** What it set last. */
  set: Split | undefined;
  timer: Timer | undefined;
}

/** A plan that cannot be carried out: why. */
export class RolloutRefused extends Error {}

export class Rollouts {
  readonly #options: RolloutOptions;
  readonly #running = new Map<string, Running>();

  constructor(options: RolloutOptions) {
    this.#options = options;
  }

  views(): RolloutView[] {
    return [...this.#running.values()].map(({ view }) => view);
  }

  /** Takes its first step at once; one that runs for the service is replaced. @throws RolloutRefused */
  async start(plan: RolloutPlan): Promise<void> {
    const { service, version, until } = plan;
    const split = this.#options.split(service);
    if (!split) throw new RolloutRefused(`there is no service ${service}`);
    if (!Object.hasOwn(split.acting, version)) {
      throw new RolloutRefused(`${service} has no version ${version}`);
    }
    if (Object.keys(split.acting).length < 2) {
      throw new RolloutRefused(`${service} has one version only: there is nothing to split`);
    }
    const share = split.acting[version] ?? 0;
    if (share === until) throw new RolloutRefused(`${version} has ${until} % already`);
    this.#running.get(service)?.timer?.cancel();
    const running: Running = {
      view: { ...plan, share, began: share, status: 'running' },
      before: split.written ?? null,
      set: undefined,
      timer: undefined,
    };
    this.#running.set(service, running);
    const way = `${share} % to ${until} %, by ${plan.step} % every ${formatDuration(plan.interval)}`;
    this.#options.onEvent('info', `rollout of ${service} ${version} begins: ${way}`, service);
    await this.#step(running);
  }

  /** Leaves the split as it is. False where none runs. */
  stop(service: string): boolean {
    const running = this.#running.get(service);
    if (running?.view.status !== 'running') return false;
    this.#end(running, 'stopped', 'stopped by hand');
    return true;
  }

  /** Puts the split back to what it was before. False where there was no rollout. */
  async rollBack(service: string): Promise<boolean> {
    const running = this.#running.get(service);
    if (!running) return false;
    await this.#back(running, 'rolled back by hand');
    return true;
  }

  /** Forgets one that is over. False where there is none. */
  dismiss(service: string): boolean {
    if (this.#running.get(service)?.view.status === 'running') return false;
    const known = this.#running.delete(service);
    if (known) this.#options.onChange();
    return known;
  }

  close(): void {
    for (const { timer } of this.#running.values()) timer?.cancel();
    this.#running.clear();
  }

  async #step(running: Running): Promise<void> {
    const { service, version, step, until, maxErrors } = running.view;
    const split = this.#options.split(service);
    if (!split || !Object.hasOwn(split.acting, version)) {
      return this.#end(running, 'stopped', `${service} has no ${version} any more`);
    }
    if (running.set && !isDeepStrictEqual(split.acting, running.set)) {
      return this.#end(running, 'stopped', 'somebody else has changed the split');
    }
    const errors = this.#options.errors(service, version) ?? 0;
    if (maxErrors !== undefined && errors > maxErrors) {
      const why = `${Math.round(errors * 10) / 10} % of the answers of ${version} failed`;
      return this.#back(running, why);
    }
    const now = split.acting[version] ?? 0;
    const share = now < until ? Math.min(until, now + step) : Math.max(until, now - step);
    await this.#set(running, moveShare(split.acting, version, share), share);
  }

  async #set(running: Running, split: Split, share: Percent): Promise<void> {
    const { service, until } = running.view;
    running.set = split;
    try {
      await this.#options.edit(service, split);
    } catch (error) {
      return this.#end(running, 'stopped', `the split was refused: ${messageOf(error)}`);
    }
    if (!this.#isCurrent(running)) return;
    running.view = { ...running.view, share };
    if (share === until) return this.#end(running, 'done', `all steps are taken`);
    this.#later(running);
  }

  #later(running: Running): void {
    const { clock, onChange } = this.#options;
    const { interval } = running.view;
    running.view = { ...running.view, next: clock.wall() + interval };
    running.timer = clock.after(interval, () => void this.#step(running));
    onChange();
  }

  async #back(running: Running, why: string): Promise<void> {
    const { service } = running.view;
    running.timer?.cancel();
    try {
      await this.#options.edit(service, running.before);
    } catch (error) {
      return this.#end(running, 'stopped', `${why}; not put back: ${messageOf(error)}`);
    }
    running.view = { ...running.view, share: running.view.began };
    this.#end(running, 'rolledBack', why);
  }

  #end(running: Running, status: Exclude<RolloutView['status'], 'running'>, reason: string): void {
    running.timer?.cancel();
    const { next: _next, ...view } = running.view;
    running.view = { ...view, status, reason };
    const { service, version, share } = view;
    const severity = status === 'done' ? 'info' : 'warning';
    const message = `rollout of ${service} ${version} ${WORDS[status]} at ${share} %: ${reason}`;
    this.#options.onEvent(severity, message, service);
    this.#options.onChange();
  }

  /** Somebody may have stopped it, or begun another, while the edit was on its way. */
  #isCurrent(running: Running): boolean {
    const { service, status } = running.view;
    return this.#running.get(service) === running && status === 'running';
  }
}

const WORDS = { stopped: 'stopped', done: 'is complete', rolledBack: 'is rolled back' } as const;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
