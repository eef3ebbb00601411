/** As much of the Chrome DevTools Protocol as the shell's test needs: it also suits an old Electron. */
import { WebSocket } from 'ws';

export interface DevToolsPage {
  /** The value of an expression in the page; a promise is awaited. @throws Error of the page */
  evaluate(expression: string): Promise<unknown>;
  close(): void;
}

interface Answer {
  readonly id: number;
  readonly result: {
    readonly result?: { readonly value?: unknown };
    readonly exceptionDetails?: { readonly exception?: { readonly description?: string } };
  };
}

/** The page of a program that listens for DevTools at `port`; undefined while there is none. */
export async function openDevTools(port: number): Promise<DevToolsPage | undefined> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
  const targets = (await answer.json()) as { type: string; webSocketDebuggerUrl: string }[];
  const target = targets.find(({ type }) => type === 'page');
  if (!target) return undefined;
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return { evaluate: evaluator(socket), close: () => socket.close() };
}

function evaluator(socket: WebSocket): DevToolsPage['evaluate'] {
  let lastId = 0;
  const waiting = new Map<number, (answer: Answer | undefined) => void>();
  socket.on('message', (data: Buffer) => {
    const answer = JSON.parse(data.toString()) as Answer;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  socket.on('close', () => {
    for (const tell of waiting.values()) tell(undefined);
  });
  return async (expression) => {
    const id = ++lastId;
    const params = { expression, awaitPromise: true, returnByValue: true };
    socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
    const answer = await new Promise<Answer | undefined>((tell) => waiting.set(id, tell));
    if (!answer) throw new Error('the page has gone');
    const { result, exceptionDetails } = answer.result;
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description);
    return result?.value;
  };
}
