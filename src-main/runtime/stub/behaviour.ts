/** What a stub does with a request: a pure choice, made once per request. */
import { ExactShare } from '../../base/chance.ts';
import type { Chance } from '../../base/chance.ts';
import { createSampler } from '../../base/distribution.ts';
import type { Sampler } from '../../base/distribution.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { Stub, StubCall, StubResponse } from '../../spec/mesh.ts';

/** One request's fate. */
export interface Plan {
  readonly response: StubResponse;
  /** The stub's own time, besides that of its calls. */
  readonly latency: Milliseconds;
  readonly status: number;
  /** Those whose share has come. */
  readonly calls: readonly StubCall[];
}

interface Candidate {
  readonly response: StubResponse;
  readonly latency: Sampler | undefined;
  readonly status: () => number;
  readonly calls: readonly { readonly call: StubCall; readonly share: ExactShare }[];
}

/** Multiples of it, without their whole part, are as far apart as can be (the golden ratio). */
const GOLDEN = 0.618;

export class Behaviour {
  readonly #candidates: readonly Candidate[];

  constructor(stub: Stub, chance: Chance) {
    this.#candidates = stub.responses.map((response) => ({
      response,
      latency: response.latency && createSampler(response.latency, chance),
      status: exactMix(response.statuses),
      calls: response.calls.map((call, i) => ({
        call,
        // Calls of the same share are to be made by different requests, not all by every tenth.
        share: new ExactShare(call.percentage, (0.5 + i * GOLDEN) % 1),
      })),
    }));
  }

  /** `target`: as it stands in the request line. Undefined where no response is for it. */
  plan(method: string, target: string): Plan | undefined {
    const path = target.split('?', 1)[0] ?? '';
    const found = this.#candidates.find(({ response }) => isFor(response, method, path));
    if (!found) return undefined;
    return {
      response: found.response,
      latency: found.latency?.() ?? 0,
      status: found.status(),
      calls: found.calls.filter(({ share }) => share.take()).map(({ call }) => call),
    };
  }
}

function isFor(response: StubResponse, method: string, path: string): boolean {
  if (response.method !== undefined && response.method !== method) return false;
  const prefix = response.path.replace(/\/$/, '');
  return path === prefix || path.startsWith(`${prefix}/`);
}

/** Each status exactly as often as its share says, whatever the number of requests. */
function exactMix(statuses: StubResponse['statuses']): () => number {
  let rest = 100;
  const steps = statuses.map(({ status, percentage }) => {
    // Of those that the ones before have left over.
    const share = new ExactShare(rest <= 0 ? 0 : Math.min(100, (percentage / rest) * 100));
    rest -= percentage;
    return { status, share };
  });
  const last = steps.pop()?.status ?? 200;
  return () => steps.find(({ share }) => share.take())?.status ?? last;
}
