/** Instances of one service whose every answer is the test's own, and who say what became of it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readAll, startService } from './service.ts';
import type { TestService } from './service.ts';

export interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: string;
}

export interface Instance {
  readonly port: number;
  /** Requests that have arrived whole. */
  readonly asked: Asked[];
  /** Requests that their caller gave up before they were answered. */
  cancelled(): number;
  close(): Promise<void>;
}

/** `answer`: called with each request; one that does nothing leaves it to the test. */
export async function startInstance(
  answer: (asked: Asked) => void = () => undefined,
): Promise<Instance> {
  const asked: Asked[] = [];
  let cancelled = 0;
  const service: TestService = await startService((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) cancelled++;
    });
    void readAll(request).then(
      (body) => {
        const one = { request, response, body };
        asked.push(one);
        answer(one);
      },
      () => undefined,
    );
  });
  return { port: service.port, asked, cancelled: () => cancelled, close: () => service.close() };
}
