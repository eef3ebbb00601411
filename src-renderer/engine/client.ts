/** JSON-RPC over a WebSocket: requests, answers and deltas, each checked against the contract. */
import { z } from 'zod';
import { methods, notifications } from '../../src-main/api/contract/index.ts';
import type { Delta, Method, Params, Result } from '../../src-main/api/contract/index.ts';

/** The engine answered with an error. `code`: JSON-RPC's, or one of the contract's RpcError. */
export class EngineError extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

export interface ClientEvents {
  onOpen(): void;
  onDeltas(deltas: Delta[]): void;
  /** The engine said something that the contract does not know; the connection is given up. */
  onGarbled(error: Error): void;
  onClosed(): void;
}

interface Waiting {
  readonly method: Method;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** What every message looks like from outside; what is in it is checked by its name. */
const envelope = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z
    .object({ code: z.number(), message: z.string(), data: z.unknown().optional() })
    .optional(),
});
type Message = z.infer<typeof envelope>;

export class Client {
  readonly #socket: WebSocket;
  readonly #events: ClientEvents;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  constructor(url: string, events: ClientEvents) {
    this.#events = events;
    this.#socket = new WebSocket(url);
    this.#socket.onopen = () => events.onOpen();
    this.#socket.onmessage = ({ data }) => this.#read(String(data));
    this.#socket.onclose = () => this.#onClose();
  }

  /** @throws EngineError where the engine refuses, Error where the connection is lost */
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    const id = this.#nextId++;
    const checked = methods[method].params.parse(params);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve: resolve, reject });
      this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params: checked }));
    });
  }

  close(): void {
    this.#socket.close();
  }

  /** After a message that cannot be understood our copy of the state may be wrong: start anew. */
  #read(text: string): void {
    try {
      this.#onMessage(envelope.parse(JSON.parse(text)));
    } catch (error) {
      this.#events.onGarbled(error instanceof Error ? error : new Error(String(error)));
      this.close();
    }
  }

  #onMessage(message: Message): void {
    if (message.method === 'delta') {
      this.#events.onDeltas(notifications.delta.parse(message.params).deltas);
      return;
    }
    const waiting = message.id === undefined ? undefined : this.#waiting.get(message.id);
    if (!waiting || message.id === undefined) return;
    this.#waiting.delete(message.id);
    if (message.error) {
      const { code, message: text, data } = message.error;
      waiting.reject(new EngineError(code, text, data));
      return;
    }
    const parsed = methods[waiting.method].result.safeParse(message.result);
    if (parsed.success) waiting.resolve(parsed.data);
    else waiting.reject(parsed.error);
  }

  #onClose(): void {
    for (const { reject } of this.#waiting.values())
      reject(new Error('the engine is not reachable'));
    this.#waiting.clear();
    this.#events.onClosed();
  }
}
