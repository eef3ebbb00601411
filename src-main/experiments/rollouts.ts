/**
 * Canary rollouts: the share of a version that grows step by step, each step an ordinary edit of the
 * document's split. Between two steps the version's figures are looked at, so that a bad one does not
 * stay for as long as a step lasts. Who changes the split meanwhile ends the rollout; nothing goes on
 * behind anybody's back.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Clock, Timer } from '../base/clock.ts';
import type { Milliseconds, Percent } from '../base/units.ts';
import { formatDuration } from '../base/units.ts';
import type { RolloutPlan, RolloutView } from '../spec/rollout.ts';
import { moveShare } from '../spec/split-shares.ts';
import type { Split } from '../spec/split-shares.ts';

/** Of the answers of a version just now. */
export interface VersionFigures {
  /** That failed. */
  readonly errors: Percent;
  readonly p95: Milliseconds;
}

export interface RolloutOptions {
  readonly clock: Clock;
  /** What the document says, and what holds where it says nothing; undefined: no such service. */
  split(service: string): { written: Split | undefined; acting: Split } | undefined;
  /** Edits the document; `null` takes the split away. Rejects where that is refused. */
  edit(service: string, split: Split | null): Promise<void>;
  /** Undefined: it had no requests. */
  figures(service: string, version: string): VersionFigures | undefined;
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
  /** When the next step is, by the clock's `now`; of one that is paused, how long it has to wait still. */
  due: Milliseconds;
}

/** Between two looks at the figures. */
const LOOK: Milliseconds = 1000;

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
      due: 0,
    };
    this.#running.set(service, running);
    const way = `${share} % to ${until} %, by ${plan.step} % every ${formatDuration(plan.interval)}`;
    this.#options.onEvent('info', `rollout of ${service} ${version} begins: ${way}`, service);
    await this.#step(running);
  }

  /** Takes no further step until it is resumed. False where none runs. */
  pause(service: string): boolean {
    const running = this.#running.get(service);
    if (running?.view.status !== 'running') return false;
    running.timer?.cancel();
    running.due -= this.#options.clock.now();
    const { next: _next, ...view } = running.view;
    running.view = { ...view, status: 'paused' };
    this.#tell(running, 'is paused');
    return true;
  }

  /** The next step is as far away as it was when it was paused. False where none is. */
  resume(service: string): boolean {
    const running = this.#running.get(service);
    if (running?.view.status !== 'paused') return false;
    running.view = { ...running.view, status: 'running' };
    this.#tell(running, 'goes on');
    this.#later(running, running.due);
    return true;
  }

  /** Takes all steps that are left at once, whatever the figures. False where none is under way. */
  async finish(service: string): Promise<boolean> {
    const running = this.#underWay(service);
    if (!running) return false;
    running.timer?.cancel();
    running.view = { ...running.view, status: 'running' };
    await this.#move(running, running.view.until);
    return true;
  }

  /** Leaves the split as it is. False where none is under way. */
  stop(service: string): boolean {
    const running = this.#underWay(service);
    if (!running) return false;
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
    if (this.#underWay(service)) return false;
    const known = this.#running.delete(service);
    if (known) this.#options.onChange();
    return known;
  }

  close(): void {
    for (const { timer } of this.#running.values()) timer?.cancel();
    this.#running.clear();
  }

  #underWay(service: string): Running | undefined {
    const running = this.#running.get(service);
    const { status } = running?.view ?? {};
    return status === 'running' || status === 'paused' ? running : undefined;
  }

  /** A step of the plan, unless there is something against it. */
  #step(running: Running): Promise<void> | void {
    const { version, step, until } = running.view;
    const now = this.#acting(running)?.[version] ?? 0;
    return this.#move(
      running,
      now < until ? Math.min(until, now + step) : Math.max(until, now - step),
    );
  }

  #move(running: Running, share: Percent): Promise<void> | void {
    const obstacle = this.#obstacle(running);
    const acting = this.#acting(running);
    if (obstacle !== undefined || !acting) {
      return this.#end(running, 'stopped', obstacle ?? 'it has no split any more');
    }
    return this.#set(running, moveShare(acting, running.view.version, share), share);
  }

  #acting({ view }: Running): Split | undefined {
    return this.#options.split(view.service)?.acting;
  }

  /** Why it must not touch the split any more, in words. */
  #obstacle(running: Running): string | undefined {
    const { service, version } = running.view;
    const acting = this.#acting(running);
    if (!acting || !Object.hasOwn(acting, version)) return `${service} has no ${version} any more`;
    const isOwn = running.set === undefined || isDeepStrictEqual(acting, running.set);
    return isOwn ? undefined : 'somebody else has changed the split';
  }

  async #set(running: Running, split: Split, share: Percent): Promise<void> {
    const { service, until } = running.view;
    running.set = split;
    try {
      await this.#options.edit(service, split);
    } catch (error) {
      return this.#end(running, 'stopped', `the split was refused: ${messageOf(error)}`);
    }
    // Somebody may have ended it, or begun another, while the edit was on its way.
    if (this.#underWay(service) !== running) return;
    running.view = { ...running.view, share };
    if (share === until) return this.#end(running, 'done', `all steps are taken`);
    if (running.view.status === 'running') return this.#later(running, running.view.interval);
    running.due = running.view.interval;
    this.#options.onChange();
  }

  /** What the version does that the plan does not bear, in words. */
  #trouble({ service, version, maxErrors, maxLatency }: RolloutPlan): string | undefined {
    const { errors, p95 } = this.#options.figures(service, version) ?? { errors: 0, p95: 0 };
    if (maxErrors !== undefined && errors > maxErrors) {
      return `${Math.round(errors * 10) / 10} % of the answers of ${version} failed`;
    }
    if (maxLatency !== undefined && p95 > maxLatency) {
      return `the p95 of ${version} is ${formatDuration(Math.round(p95))}`;
    }
    return undefined;
  }

  #later(running: Running, wait: Milliseconds): void {
    const { clock, onChange } = this.#options;
    running.view = { ...running.view, next: clock.wall() + wait };
    running.due = clock.now() + wait;
    this.#lookLater(running);
    onChange();
  }

  #lookLater(running: Running): void {
    const { clock } = this.#options;
    const wait = Math.min(LOOK, Math.max(0, running.due - clock.now()));
    running.timer = clock.after(wait, () => void this.#look(running));
  }

  #look(running: Running): Promise<void> | void {
    const obstacle = this.#obstacle(running);
    if (obstacle !== undefined) return this.#end(running, 'stopped', obstacle);
    const trouble = this.#trouble(running.view);
    if (trouble !== undefined) return this.#back(running, trouble);
    if (this.#options.clock.now() >= running.due) return this.#step(running);
    this.#lookLater(running);
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

  #end(running: Running, status: keyof typeof WORDS, reason: string): void {
    running.timer?.cancel();
    const { next: _next, ...view } = running.view;
    running.view = { ...view, status, reason };
    this.#tell(running, WORDS[status], status === 'done' ? 'info' : 'warning', `: ${reason}`);
  }

  #tell(
    { view: { service, version, share } }: Running,
    what: string,
    severity: 'info' | 'warning' = 'info',
    why = '',
  ): void {
    const message = `rollout of ${service} ${version} ${what} at ${share} %${why}`;
    this.#options.onEvent(severity, message, service);
    this.#options.onChange();
  }
}

const WORDS = { stopped: 'stopped', done: 'is complete', rolledBack: 'is rolled back' } as const;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
