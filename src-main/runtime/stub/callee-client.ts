/** How stubs call: plain HTTP/1.1 to their own sidecars, with the headers that make a trace. */
import { Agent, request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { StubCall } from '../../spec/mesh.ts';

/** W3C Trace Context and Baggage, and Envoy's id of a request. */
const PASSED_ON = ['traceparent', 'tracestate', 'baggage', 'x-request-id'] as const;
/** A callee's answer that does not come ends by the mesh's own timeouts; this is for a mesh without. */
const PATIENCE = 60_000;

export interface CallResult {
  readonly service: string;
  /** 0: no answer came. */
  readonly status: number;
  /** Why none came. */
  readonly error?: string;
}

export class CalleeClient {
  readonly #agent = new Agent({ keepAlive: true });

  /** Resolves whatever happens. `signal`: nobody waits for the answer any more. */
  call(
    url: string,
    { service, method, path }: StubCall,
    incoming: IncomingHttpHeaders,
    signal: AbortSignal,
  ): Promise<CallResult> {
    return new Promise((resolve) => {
      const asked = request(
        new URL(path, url),
        { method, agent: this.#agent, headers: passedOn(incoming), signal, timeout: PATIENCE },
        (answer) => {
          const status = answer.statusCode ?? 0;
          answer.on('end', () => resolve({ service, status }));
          answer.on('error', ({ message }) => resolve({ service, status: 0, error: message }));
          answer.resume();
        },
      );
      asked.on('timeout', () => asked.destroy(new Error(`no answer within ${PATIENCE} ms`)));
      asked.on('error', ({ message }) => resolve({ service, status: 0, error: message }));
      asked.end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function passedOn(incoming: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => {
      const value = incoming[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
