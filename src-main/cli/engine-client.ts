/** Asks an engine that runs, by the address of its app. */
import { WebSocket } from 'ws';
import { z } from 'zod';
import { methods } from '../api/contract/index.ts';
import type { Method, Params, Result } from '../api/contract/index.ts';
import { CommandFailed, ExitCode } from './exit-code.ts';

interface Waiting {
  readonly method: Method;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

const answer = z.object({
  id: z.number().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});

export class EngineClient {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#take(data.toString()));
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(gone('the engine has ended'));
    });
  }

  /**
   * @param appUrl as `faultline up` prints it, with the token
   * @throws CommandFailed where no engine lets in who has this address
   */
  static async connect(appUrl: string): Promise<EngineClient> {
    const socket = new WebSocket(rpcUrl(appUrl));
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', ({ message }) => {
        reject(gone(`no engine answers at this address (${message})`));
      });
    });
    return new EngineClient(socket);
  }

  /** @throws CommandFailed where the engine refuses */
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve: resolve, reject });
      this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    });
  }

  close(): void {
    this.#socket.close();
  }

  #take(text: string): void {
    const { id, result, error } = answer.parse(JSON.parse(text));
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (!waiting || id === undefined) return;
    this.#waiting.delete(id);
    if (error) waiting.reject(gone(error.message));
    else waiting.resolve(methods[waiting.method].result.parse(result));
  }
}

function gone(message: string): CommandFailed {
  return new CommandFailed(ExitCode.USAGE, message);
}

function rpcUrl(appUrl: string): string {
  const token = URL.canParse(appUrl) ? /[#?&]token=([^&]+)/.exec(new URL(appUrl).hash) : undefined;
  if (!token) {
    throw gone('expected the address of the app as "up" prints it, with its #token=…');
  }
  return `ws://${new URL(appUrl).host}/rpc?token=${token[1]}`;
}
