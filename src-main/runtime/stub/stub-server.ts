/** One stub instance: an HTTP server that answers as the document says. */
import { once } from 'node:events';
import { createServer as createHttp1Server } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type {
  Http2Server,
  Http2ServerRequest,
  Http2ServerResponse,
  ServerHttp2Session,
} from 'node:http2';
import type { Chance } from '../../base/chance.ts';
import type { Clock } from '../../base/clock.ts';
import { Behaviour } from './behaviour.ts';
import type { Plan } from './behaviour.ts';
import type { CallResult, CalleeClient } from './callee-client.ts';
import { Gate } from './gate.ts';
import type { StubInstance } from './messages.ts';

type Asked = IncomingMessage | Http2ServerRequest;
type Answer = ServerResponse | Http2ServerResponse;

export interface StubContext {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly client: CalleeClient;
}

interface Manner {
  readonly instance: StubInstance;
  readonly behaviour: Behaviour;
  readonly gate: Gate;
}

const LOOPBACK = '127.0.0.1';

export class StubServer {
  readonly #context: StubContext;
  readonly #server: Server | Http2Server;
  readonly #sessions = new Set<ServerHttp2Session>();
  #manner: Manner;

  constructor(instance: StubInstance, context: StubContext) {
    this.#context = context;
    this.#manner = mannerOf(instance, context.chance);
    this.#server = instance.http2
      ? createHttp2Server((asked, answer) => void this.#serve(asked, answer))
      : createHttp1Server((asked, answer) => void this.#serve(asked, answer));
    this.#server.on('session', (session: ServerHttp2Session) => {
      this.#sessions.add(session);
      session.on('close', () => this.#sessions.delete(session));
    });
  }

  /** @throws the system's error where the port cannot be had. */
  async listen(): Promise<void> {
    this.#server.listen(this.#manner.instance.port, LOOPBACK);
    await once(this.#server, 'listening');
  }

  /** Requests under way end as they began. The port and the protocol stay what they are. */
  change(instance: StubInstance): void {
    this.#manner = mannerOf(instance, this.#context.chance);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    if ('closeAllConnections' in this.#server) this.#server.closeAllConnections();
    for (const session of this.#sessions) session.destroy();
    await closed;
  }

  async #serve(asked: Asked, answer: Answer): Promise<void> {
    const manner = this.#manner;
    const gone = new AbortController();
    answer.on('close', () => gone.abort());
    answer.on('error', () => gone.abort());
    asked.on('error', () => gone.abort());
    asked.resume();
    const plan = manner.behaviour.plan(asked.method ?? 'GET', asked.url ?? '/');
    if (!plan) return send(answer, 404, {}, JSON.stringify({ error: 'no response is for this' }));
    await manner.gate.enter();
    try {
      if (!gone.signal.aborted) await this.#work(manner, plan, asked, answer, gone.signal);
    } finally {
      manner.gate.leave();
    }
  }

  async #work(
    { instance }: Manner,
    plan: Plan,
    asked: Asked,
    answer: Answer,
    signal: AbortSignal,
  ): Promise<void> {
    if (plan.latency > 0) await this.#wait(plan.latency, signal);
    const results = await this.#callAll(instance, plan, asked, signal);
    if (signal.aborted) return;
    const failed = plan.calls.find((call, i) => call.required && isFailure(results[i]));
    const status = failed ? 502 : plan.status;
    const { body, headers } = plan.response;
    if (body !== undefined && !failed) return send(answer, status, headers, body);
    const { service, version, id } = instance;
    const told = { service, version, instance: id, path: asked.url, calls: results };
    const error = failed && `${failed.service} has failed`;
    send(answer, status, headers, JSON.stringify({ ...told, ...(error && { error }) }));
  }

  async #callAll(
    { callees }: StubInstance,
    { response, calls }: Plan,
    asked: Asked,
    signal: AbortSignal,
  ): Promise<CallResult[]> {
    const { client } = this.#context;
    const make = (call: (typeof calls)[number]): Promise<CallResult> =>
      client.call(callees[call.service] ?? '', call, asked.headers, signal);
    if (response.parallel) return Promise.all(calls.map(make));
    const results: CallResult[] = [];
    for (const call of calls) {
      const result = await make(call);
      results.push(result);
      // As a program would: without what it needs there is nothing to go on with.
      if (signal.aborted || (call.required && isFailure(result))) break;
    }
    return results;
  }

  #wait(time: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#context.clock.after(time, resolve);
      signal.addEventListener('abort', () => {
        timer.cancel();
        resolve();
      });
    });
  }
}

function mannerOf(instance: StubInstance, chance: Chance): Manner {
  const { stub } = instance;
  const gate = new Gate(stub.concurrency ?? Infinity);
  return { instance, behaviour: new Behaviour(stub, chance), gate };
}

function isFailure(result: CallResult | undefined): boolean {
  return result !== undefined && (result.status === 0 || result.status >= 500);
}

function send(
  answer: Answer,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  const bytes = Buffer.from(body);
  const bodiless = status === 204 || status === 304;
  answer.writeHead(status, {
    'content-type': 'application/json',
    ...headers,
    ...(!bodiless && { 'content-length': String(bytes.length) }),
  });
  if (bodiless) answer.end();
  else answer.end(bytes);
}
