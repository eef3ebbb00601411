/** A stub of the document to what it means: one list of responses, each whole. */
import type { Stub, StubCall, StubResponse } from '../mesh.ts';
import type { StubAnswerInput, StubInput } from '../schema/stub.ts';
import { normalizeDistribution } from './normalize-distribution.ts';

/** `callees`: the services that it may call. */
export function normalizeStub(input: StubInput, callees: readonly string[]): Stub {
  const { responses = [], concurrency, ...answer } = input;
  return {
    responses: [
      ...responses.map(({ path = '/', method, ...own }) => ({
        path,
        ...(method !== undefined && { method }),
        ...normalizeAnswer({ ...withoutStatus(answer, own), ...own }, callees),
      })),
      { path: '/', ...normalizeAnswer(answer, callees) },
    ],
    ...(concurrency !== undefined && { concurrency }),
  };
}

/** `status` and `statuses` say the same: who says one of them takes over neither. */
function withoutStatus(answer: StubAnswerInput, own: StubAnswerInput): StubAnswerInput {
  if (own.status === undefined && own.statuses === undefined) return answer;
  const { status: _status, statuses: _statuses, ...rest } = answer;
  return rest;
}

function normalizeAnswer(
  input: StubAnswerInput,
  callees: readonly string[],
): Omit<StubResponse, 'path' | 'method'> {
  const { latency, status = 200, statuses, headers = {}, body, calls, parallel = false } = input;
  const json = body !== undefined && typeof body !== 'string';
  return {
    statuses: statuses
      ? Object.entries(statuses).map(([one, percentage]) => ({ status: Number(one), percentage }))
      : [{ status, percentage: 100 }],
    headers: Object.fromEntries(
      Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]),
    ),
    calls: normalizeCalls(calls, callees),
    parallel,
    ...(latency !== undefined && { latency: normalizeDistribution(latency) }),
    ...(body !== undefined && { body: json ? JSON.stringify(body) : body }),
  };
}

function normalizeCalls(
  input: StubAnswerInput['calls'] = 'all',
  callees: readonly string[],
): StubCall[] {
  const list = input === 'all' ? callees : input === 'none' ? [] : input;
  return list.map((one) => {
    const call = typeof one === 'string' ? { service: one } : one;
    const { service, method = 'GET', path = '/', percentage = 100, required = true } = call;
    return { service, method, path, percentage, required };
  });
}
