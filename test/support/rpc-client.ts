/** A client of the engine's API for tests; checks every message with the contract, as the app does. */
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import { methods, notifications } from '../../src-main/api/contract/index.ts';
import type { Delta, Method, Params, Result } from '../../src-main/api/contract/index.ts';

/** An error answer: code and data as JSON-RPC has them. */
export class RpcError extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { code: number; message: string; data?: unknown };
}

interface Waiting {
  readonly method: Method;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

export class RpcClient {
  /** In the order they came. */
  readonly deltas: Delta[] = [];
  /** Messages that broke the contract, or belonged to nothing. */
  readonly strays: unknown[] = [];
  readonly socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => this.#take(JSON.parse(data.toString()) as Answer));
    socket.on('close', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`closed with ${code}`));
    });
  }

  /** `appUrl`: what the engine prints, token included. @throws where the engine refuses */
  static async connect(appUrl: string, options: ClientOptions = {}): Promise<RpcClient> {
    const client = new RpcClient(new WebSocket(rpcUrl(appUrl), options));
    await new Promise<void>((resolve, reject) => {
      client.socket.once('open', resolve);
      client.socket.once('error', reject);
    });
    return client;
  }

  /** @throws RpcError */
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    const id = this.#nextId++;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject });
    });
    this.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return answer as Promise<Result<M>>;
  }

  async close(): Promise<void> {
    if (this.socket.readyState === WebSocket.CLOSED) return;
    const closed = new Promise((resolve) => this.socket.once('close', resolve));
    this.socket.close();
    await closed;
  }

  #take(answer: Answer): void {
    const waiting = answer.id === undefined ? undefined : this.#waiting.get(answer.id);
    if (waiting) {
      this.#waiting.delete(answer.id as number);
      const { error } = answer;
      if (error) waiting.reject(new RpcError(error.code, error.message, error.data));
      else this.#settle(waiting, answer.result);
      return;
    }
    const read = notifications.delta.strict().safeParse(answer.params);
    if (answer.method === 'delta' && read.success) this.deltas.push(...read.data.deltas);
    else this.strays.push(answer);
  }

  #settle({ method, resolve, reject }: Waiting, result: unknown): void {
    const read = methods[method].result.safeParse(result);
    if (read.success) resolve(read.data);
    else reject(read.error);
  }
}

/** The WebSocket's address behind the app's. */
export function rpcUrl(appUrl: string): string {
  const { host, hash } = new URL(appUrl);
  return `ws://${host}/rpc?${hash.slice(1)}`;
}
