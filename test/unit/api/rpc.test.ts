import { describe, expect, it } from 'vitest';
import { RpcFailure } from '../../../src-main/api/rpc-failure.ts';
import { ContractError, readCall, writeDeltas } from '../../../src-main/api/rpc.ts';
import { writeFailure, writeResult } from '../../../src-main/api/rpc.ts';

function refusal(message: unknown): { id: unknown; error: { code: number; message: string } } {
  const read = readCall(typeof message === 'string' ? message : JSON.stringify(message));
  if ('call' in read) throw new Error('it was accepted');
  return JSON.parse(read.refusal) as ReturnType<typeof refusal>;
}

describe('reading a call', () => {
  it('gives method and checked parameters', () => {
    const text = '{"jsonrpc":"2.0","id":7,"method":"trace","params":{"traceId":"ab"}}';
    expect(readCall(text)).toEqual({
      call: { id: 7, method: 'trace', params: { traceId: 'ab' } },
    });
  });

  it('takes a call without parameters where none are needed', () => {
    expect(readCall('{"jsonrpc":"2.0","id":"a","method":"undo"}')).toEqual({
      call: { id: 'a', method: 'undo', params: {} },
    });
  });

  it('keeps apart a call that wants no answer', () => {
    const read = readCall('{"jsonrpc":"2.0","method":"undo"}');
    expect(read).toEqual({ call: { id: undefined, method: 'undo', params: {} } });
  });

  it.each(['', '{', 'undefined', '{"jsonrpc":"2.0",}'])('refuses %j as no JSON', (text) => {
    expect(refusal(text)).toMatchObject({ id: null, error: { code: -32700 } });
  });

  it.each([
    [null],
    [[]],
    ['"text"'],
    [{ id: 1, method: 'undo' }],
    [{ jsonrpc: '1.0', id: 1, method: 'undo' }],
    [{ jsonrpc: '2.0', id: {}, method: 'undo' }],
    [{ jsonrpc: '2.0', id: 1, method: 4 }],
    [[{ jsonrpc: '2.0', id: 1, method: 'undo' }]],
  ])('refuses %j as no request', (message) => {
    expect(refusal(message)).toMatchObject({ id: null, error: { code: -32600 } });
  });

  it.each(['explode', 'toString', '__proto__', 'constructor', ''])(
    'refuses the unknown method %j',
    (method) => {
      const answer = refusal({ jsonrpc: '2.0', id: 3, method });
      expect(answer).toMatchObject({ id: 3, error: { code: -32601 } });
    },
  );

  it.each([
    ['trace', {}],
    ['trace', ['ab']],
    ['trace', null],
    ['edit', { base: 1, edit: { kind: 'explode' } }],
    ['edit', { base: 1.5, edit: { kind: 'remove-fault', name: 'x' } }],
    ['export', { target: 'nomad' }],
  ])('refuses wrong parameters of %s: %j', (method, params) => {
    const answer = refusal({ jsonrpc: '2.0', id: 3, method, params });
    expect(answer).toMatchObject({ id: 3, error: { code: -32602 } });
    expect(answer.error.message).toContain(method);
  });
});

describe('writing', () => {
  it('sends a failure with its code, message and data', () => {
    const failure = new RpcFailure(-32001, 'stale', { version: 4 });
    expect(JSON.parse(writeFailure(1, failure))).toEqual({
      jsonrpc: '2.0',
      id: 1,
      error: { code: -32001, message: 'stale', data: { version: 4 } },
    });
  });

  it('sends every other error as an internal one', () => {
    const answer: unknown = JSON.parse(writeFailure(1, new TypeError('x is not a function')));
    expect(answer).toMatchObject({ error: { code: -32603 } });
  });

  it('refuses to send a result that breaks the contract', () => {
    expect(() => writeResult(1, 'edit', { version: 'four' })).toThrow(ContractError);
  });

  it('leaves out of a result what the contract does not know', () => {
    const text = writeResult(1, 'edit', { version: 4, secret: 'x' });
    expect(JSON.parse(text)).toEqual({ jsonrpc: '2.0', id: 1, result: { version: 4 } });
  });

  it('refuses to send figures that are no numbers', () => {
    const tick = { kind: 'tick' as const, at: NaN, edges: [], nodes: [] };
    expect(() => writeDeltas([tick])).toThrow(ContractError);
  });
});
