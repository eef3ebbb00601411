/** JSON-RPC 2.0 as text, checked against the contract in both directions. No sockets here. */
import { z } from 'zod';
import { methods, notifications } from './contract/messages.ts';
import type { Delta, Method, Params, Result, State } from './contract/messages.ts';
import { JsonRpc, RpcFailure } from './rpc-failure.ts';

/** What the engine does for each method. A failure that the caller should see is an RpcFailure. */
export type Handlers = {
  [M in Exclude<Method, 'subscribe'>]: (params: Params<M>) => Promise<Result<M>> | Result<M>;
} & {
  /** The state as of now; not a promise, so that no delta can slip in between. */
  subscribe(): State;
};

/** What the engine was about to send is not what the contract says: a mistake of ours. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
}

type Id = string | number | null;

/** A call whose method exists and whose parameters are right. No `id`: no answer is wanted. */
export interface Call {
  readonly id: Id | undefined;
  readonly method: Method;
  readonly params: unknown;
}

const request = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
  method: z.string(),
  params: z.unknown().optional(),
});

/** Reads a frame: the call in it, or the text that refuses it. */
export function readCall(text: string): { call: Call } | { refusal: string } {
  const message = parse(text);
  if (message === undefined) return refuse(null, JsonRpc.PARSE_ERROR, 'the message is not JSON');
  const read = request.safeParse(message);
  if (!read.success) {
    const why = Array.isArray(message) ? 'batches are not taken' : z.prettifyError(read.error);
    return refuse(null, JsonRpc.INVALID_REQUEST, `not a JSON-RPC 2.0 request: ${why}`);
  }
  const { id, method } = read.data;
  if (!isMethod(method)) {
    return refuse(id ?? null, JsonRpc.METHOD_NOT_FOUND, `there is no method "${method}"`);
  }
  const params = methods[method].params.safeParse(read.data.params ?? {});
  if (!params.success) {
    const data = { issues: params.error.issues.map(({ path, message }) => ({ path, message })) };
    const why = z.prettifyError(params.error);
    return refuse(
      id ?? null,
      JsonRpc.INVALID_PARAMS,
      `wrong parameters for ${method}: ${why}`,
      data,
    );
  }
  return { call: { id, method, params: params.data } };
}

/** The text of a result. @throws ContractError */
export function writeResult(id: Id, method: Method, result: unknown): string {
  const checked = check(methods[method].result, result, `the result of ${method}`);
  return JSON.stringify({ jsonrpc: '2.0', id, result: checked });
}

export function writeFailure(id: Id, failure: unknown): string {
  if (failure instanceof RpcFailure) {
    return writeError(id, failure.code, failure.message, failure.data);
  }
  const why = failure instanceof Error ? failure.message : String(failure);
  return writeError(id, JsonRpc.INTERNAL_ERROR, `internal error: ${why}`);
}

/** The text of a `delta` notification. @throws ContractError */
export function writeDeltas(deltas: readonly Delta[]): string {
  const params = check(notifications.delta, { deltas }, 'a delta');
  return JSON.stringify({ jsonrpc: '2.0', method: 'delta', params });
}

function check(schema: z.ZodType, value: unknown, what: string): unknown {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  throw new ContractError(`${what} breaks the contract: ${z.prettifyError(checked.error)}`);
}

function isMethod(name: string): name is Method {
  return Object.hasOwn(methods, name);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // JSON has no `undefined`: it stands for a text that is none.
  }
}

function refuse(id: Id, code: number, message: string, data?: unknown): { refusal: string } {
  return { refusal: writeError(id, code, message, data) };
}

function writeError(id: Id, code: number, message: string, data?: unknown): string {
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message, data } });
}
