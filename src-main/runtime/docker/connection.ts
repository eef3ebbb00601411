/**
 * The one connection of a mesh with its container engine. An engine may go away and come back (Docker
 * Desktop is restarted, a laptop sleeps): the stream of its events tells, and meanwhile it is looked for.
 *
 *     unknown ──► there ──► lost ──► there …
 *         └─────────────────▲
 */
import type { Readable } from 'node:stream';
import type { Clock, Timer } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { ContainerEngine } from './connect.ts';
import { ENGINE, ownEngine } from './labels.ts';
import { ContainerEvents } from './container-events.ts';

export interface ConnectionOptions {
  readonly clock: Clock;
  /** Absent: `connectEngine`. */
  readonly connect?: () => Promise<ContainerEngine>;
  /** It does not answer any more, or was not there to begin with. */
  onLost(reason: string): void;
  onBack(engine: ContainerEngine): void;
}

/** Between two looks for an engine that is away: doubles, from the first to the last. */
const FIRST_WAIT: Milliseconds = 250;
const LONGEST_WAIT: Milliseconds = 5_000;

export class EngineConnection {
  /** Of the containers of this Faultline. */
  readonly events = new ContainerEvents();
  readonly #options: ConnectionOptions;
  readonly #connect: () => Promise<ContainerEngine>;
  readonly #lostListeners = new Set<(reason: string) => void>();
  readonly #backListeners = new Set<() => void>();
  #engine: ContainerEngine | undefined;
  #connecting: Promise<ContainerEngine> | undefined;
  #stream: Readable | undefined;
  #timer: Timer | undefined;
  #wait = FIRST_WAIT;
  #lost: Error | undefined;
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#connect = options.connect ?? connectEngine;
  }

  /** The engine that is there. @throws EngineUnavailable, or Error where it has gone away */
  engine(): Promise<ContainerEngine> {
    if (this.#engine) return Promise.resolve(this.#engine);
    if (this.#lost) return Promise.reject(this.#lost);
    this.#connecting ??= this.#open().finally(() => (this.#connecting = undefined));
    return this.#connecting;
  }

  /** Whether it is known to be away. */
  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /** Calls `listener` each time that the engine goes away; gives what takes it off again. */
  onLost(listener: (reason: string) => void): () => void {
    this.#lostListeners.add(listener);
    return () => void this.#lostListeners.delete(listener);
  }

  /** Calls `listener` each time that an engine which was away is back; gives what takes it off again. */
  onBack(listener: () => void): () => void {
    this.#backListeners.add(listener);
    return () => void this.#backListeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#stream?.destroy();
    this.#lostListeners.clear();
    this.#backListeners.clear();
  }

  async #open(): Promise<ContainerEngine> {
    try {
      const engine = await this.#connect();
      await this.#follow(engine);
      this.#engine = engine;
      this.#lost = undefined;
      this.#wait = FIRST_WAIT;
      return engine;
    } catch (error) {
      this.#onLost(error as Error);
      throw error;
    }
  }

  async #follow({ docker }: ContainerEngine): Promise<void> {
    const filters = { type: ['container' as const], label: [`${ENGINE}=${ownEngine()}`] };
    const stream = (await docker.getEvents({ filters })) as unknown as Readable;
    this.#stream = stream;
    let reason = 'it closed the stream of its events';
    stream.on('data', (chunk: Buffer) => this.events.push(chunk));
    stream.on('error', (error) => (reason = error.message));
    stream.on('close', () => {
      if (this.#stream !== stream || this.#closed) return;
      this.events.forgetRest();
      this.#onLost(new Error(`the container engine does not answer any more: ${reason}`));
    });
  }

  #onLost(error: Error): void {
    if (this.#closed) return;
    const isNews = this.#lost === undefined;
    this.#engine = undefined;
    this.#lost = error;
    if (isNews) {
      this.#options.onLost(error.message);
      for (const listener of [...this.#lostListeners]) listener(error.message);
    }
    this.#timer?.cancel();
    this.#timer = this.#options.clock.after(this.#wait, () => void this.#lookAgain());
    this.#wait = Math.min(LONGEST_WAIT, this.#wait * 2);
  }

  async #lookAgain(): Promise<void> {
    let engine;
    try {
      engine = await this.#open();
    } catch {
      // Looked for again: `#onLost` has been told, and has set the next time.
      return;
    }
    if (this.#closed) return this.close();
    this.#options.onBack(engine);
    for (const listener of [...this.#backListeners]) listener();
  }
}

/** What speaks to engines is large: it is loaded by those that have a container to run. */
async function connectEngine(): Promise<ContainerEngine> {
  const { connectEngine: connect } = await import('./connect.ts');
  return connect();
}
