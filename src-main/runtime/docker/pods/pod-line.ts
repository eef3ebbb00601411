/** The line to the program in a pod's sidecar, over a stream of its container's standard channels. */
import type { Duplex } from 'node:stream';
import type { Clock } from '../../../base/clock.ts';
import type { Milliseconds } from '../../../base/units.ts';
import { FrameReader, encodeFrame } from '../../../pod/frames.ts';
import { POD_PROTOCOL } from '../../../pod/messages.ts';
import type { FromPod, PodWiring, ProbeTarget, ToPod, Wired } from '../../../pod/messages.ts';
import type { DataPlaneHandlers, DataPlaneLink, ToWorker } from '../../../proxy/messages.ts';
import { Demultiplexer } from './demultiplexer.ts';

/** It may be paused, or its machine asleep: longer than any probe takes. */
const PATIENCE: Milliseconds = 15_000;
/** Of what the sidecar said on stderr, for a message. */
const MOST_SAID = 2_000;

type Answer = Extract<FromPod, { type: 'wired' | 'probed' | 'failed' }>;

export interface PodLineEvents {
  /** So many records of hops were let go of, since the engine was too slow. */
  onHopsLost(count: number): void;
  /** The line has ended. */
  onEnd(): void;
}

export class PodLine implements DataPlaneLink {
  /** Resolves when the program is ready. @throws Error where it ends before, or is another version's */
  readonly ready: Promise<void>;
  readonly #clock: Clock;
  readonly #stream: Duplex;
  readonly #events: PodLineEvents;
  readonly #asked = new Map<number, (answer: Answer) => void>();
  #handlers: DataPlaneHandlers | undefined;
  #settleReady: (error?: Error) => void = () => {};
  #nextId = 1;
  #said = '';
  #ended = false;

  /** `stream`: attached to all three channels of a container without a terminal. */
  constructor(stream: Duplex, events: PodLineEvents, clock: Clock) {
    this.#clock = clock;
    this.#stream = stream;
    this.#events = events;
    this.ready = new Promise((resolve, reject) => {
      this.#settleReady = (error) => (error ? reject(error) : resolve());
    });
    // Who does not wait for it hears of the end by other ways.
    this.ready.catch(() => {});
    const frames = new FrameReader((message) => this.#onMessage(message as FromPod));
    const channels = new Demultiplexer({
      onStdout: (chunk) => frames.push(chunk),
      onStderr: (chunk) => (this.#said = (this.#said + chunk.toString()).slice(-MOST_SAID)),
    });
    stream.on('data', (chunk: Buffer) => {
      try {
        channels.push(chunk);
      } catch (error) {
        // Whatever wrote that is not our program.
        stream.destroy(error as Error);
      }
    });
    stream.on('error', (error) => (this.#said ||= error.message));
    for (const end of ['end', 'close'] as const) stream.on(end, () => this.#onEnd());
  }

  /** The last that it said of its own accord: why it ended, where it does. */
  get said(): string {
    return this.#said.trim();
  }

  send(message: ToWorker): void {
    this.#send(message);
  }

  listen(handlers: DataPlaneHandlers): void {
    this.#handlers = handlers;
    if (this.#ended) handlers.onEnd(this.#why());
  }

  /** @throws Error where the rules or the names were refused, or the pod is gone */
  async wire(wiring: PodWiring): Promise<Wired> {
    const answer = await this.#ask((id) => ({ type: 'wire', id, wiring }));
    if (answer.type === 'wired') {
      const { means, reason } = answer;
      return { means, ...(reason !== undefined && { reason }) };
    }
    throw new Error(answer.type === 'failed' ? answer.reason : 'it answered something else');
  }

  async probe(target: ProbeTarget): Promise<string | undefined> {
    const answer = await this.#ask((id) => ({ type: 'probe', id, target }));
    return answer.type === 'failed' ? answer.reason : (answer as { failure?: string }).failure;
  }

  close(): void {
    this.#stream.destroy();
  }

  #ask(order: (id: number) => ToPod): Promise<Answer> {
    const id = this.#nextId++;
    if (this.#ended) return Promise.resolve({ type: 'failed', id, reason: this.#why() });
    const answered = new Promise<Answer>((resolve) => this.#asked.set(id, resolve));
    this.#send(order(id));
    const late = this.#clock.after(PATIENCE, () => {
      this.#answer({
        type: 'failed',
        id,
        reason: `the sidecar did not answer within ${PATIENCE} ms`,
      });
    });
    return answered.finally(() => late.cancel());
  }

  #send(message: ToPod): void {
    if (this.#ended) return;
    this.#stream.cork();
    for (const part of encodeFrame(message)) this.#stream.write(part);
    this.#stream.uncork();
  }

  #onMessage(message: FromPod): void {
    switch (message.type) {
      case 'hello':
        return this.#settleReady(refuseOther(message.protocol));
      case 'wired':
      case 'probed':
      case 'failed':
        return this.#answer(message);
      case 'hops-lost':
        return this.#events.onHopsLost(message.count);
      default:
        this.#handlers?.onMessage(message);
    }
  }

  #answer(answer: Answer): void {
    this.#asked.get(answer.id)?.(answer);
    this.#asked.delete(answer.id);
  }

  #onEnd(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stream.destroy();
    const reason = this.#why();
    this.#settleReady(new Error(reason));
    for (const [id, answer] of this.#asked) answer({ type: 'failed', id, reason });
    this.#asked.clear();
    this.#handlers?.onEnd(reason);
    this.#events.onEnd();
  }

  #why(): string {
    return this.said === '' ? 'the sidecar has ended' : `the sidecar has ended: ${this.said}`;
  }
}

function refuseOther(protocol: number): Error | undefined {
  if (protocol === POD_PROTOCOL) return undefined;
  return new Error(`the sidecar's image is of another version (protocol ${protocol})`);
}
