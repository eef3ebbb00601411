/** The fields of the filter language: what each asks, and what its value may be. Pure. */
import { parseDuration } from '../../../base/units.ts';
import type { RequestSummary } from '../state.ts';

export type Test = (request: RequestSummary) => boolean;

interface Field {
  readonly description: string;
  /** What its value is, for messages. */
  readonly expects: string;
  /** Undefined where the value means nothing. */
  test(value: string): Test | undefined;
}

const GRPC_CODES = [
  'ok',
  'cancelled',
  'unknown',
  'invalid-argument',
  'deadline-exceeded',
  'not-found',
  'already-exists',
  'permission-denied',
  'resource-exhausted',
  'failed-precondition',
  'aborted',
  'out-of-range',
  'unimplemented',
  'internal',
  'unavailable',
  'data-loss',
  'unauthenticated',
];

const STATES: Readonly<Record<string, Test>> = {
  failed: ({ failed }) => failed,
  'failed-inside': ({ failed, failedInside }) => failedInside && !failed,
  injected: ({ faults }) => faults.length > 0,
  captured: ({ captured }) => captured,
};

export const FIELDS = {
  service: {
    description: 'went through this service, or came from it',
    expects: "a service's name",
    test: (value) => {
      const fits = glob(value);
      return ({ from, services }) => fits(from) || services.some(fits);
    },
  },
  from: {
    description: 'who asked: a service, or gateway',
    expects: "a service's name",
    test: (value) => on(glob(value), ({ from }) => from),
  },
  to: {
    description: 'whom it was for',
    expects: "a service's name",
    test: (value) => on(glob(value), ({ to }) => to),
  },
  status: {
    description: 'the status that the caller got: 503, 5xx, >=500, 400..499',
    expects: 'a status such as 503, 5xx, >=500 or 400..499',
    test: statusTest,
  },
  grpc: {
    description: "gRPC's status: 14, unavailable, >0",
    expects: "gRPC's status, as its number or its name",
    test: grpcTest,
  },
  method: {
    description: 'of HTTP',
    expects: 'a method such as POST',
    test: (value) => on(glob(value), ({ method }) => method),
  },
  path: {
    description: 'with its query; * stands for anything',
    expects: 'a path such as /checkout*',
    test: (value) => on(glob(value), ({ path }) => path),
  },
  latency: {
    description: 'how long the caller waited: >200ms, 1s..2s',
    expects: 'a time such as >200ms or 1s..2s',
    test: (value) => {
      const fits = comparison(value, parseDuration);
      return fits && (({ duration }) => fits(duration));
    },
  },
  hops: {
    description: 'how many hops it took: >5',
    expects: 'a number such as >5',
    test: (value) => {
      const fits = comparison(value, wholeNumber);
      return fits && (({ hops }) => fits(hops));
    },
  },
  fault: {
    description: 'a fault of this name acted; * is any',
    expects: "a fault's name",
    test: (value) => {
      const fits = glob(value);
      return ({ faults }) => faults.some(fits);
    },
  },
  flag: {
    description: 'what befell it on the way: retry, timeout, open-circuit',
    expects: "a flag's name such as retry",
    test: (value) => {
      const fits = glob(value.replaceAll('_', '-'));
      return ({ flags }) => flags.some(fits);
    },
  },
  failure: {
    description: "the proxy's reason for its own answer",
    expects: 'a reason such as no-endpoint',
    test: (value) => on(glob(value), ({ failure }) => failure),
  },
  trace: {
    description: "the beginning of the trace's id",
    expects: 'hexadecimal digits',
    test: (value) =>
      /^[0-9a-f]{1,32}$/i.test(value)
        ? ({ traceId }) => traceId.startsWith(value.toLowerCase())
        : undefined,
  },
  is: {
    description: Object.keys(STATES).join(', '),
    expects: `one of ${Object.keys(STATES).join(', ')}`,
    test: (value) => (Object.hasOwn(STATES, value) ? STATES[value] : undefined),
  },
} as const satisfies Record<string, Field>;

export type FieldName = keyof typeof FIELDS;

/** Fixed values of fields, for who types them. */
export const FIELD_VALUES: Partial<Record<FieldName, readonly string[]>> = {
  status: ['2xx', '4xx', '5xx', '>=500', '>=400', '429', '503', '504'],
  grpc: GRPC_CODES,
  method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
  latency: ['>50ms', '>200ms', '>1s'],
  hops: ['>5', '>10'],
  is: Object.keys(STATES),
};

function on(fits: (text: string) => boolean, pick: (request: RequestSummary) => string): Test {
  return (request) => fits(pick(request));
}

/** Whole, without regard to case; `*` stands for anything. */
function glob(pattern: string): (text: string) => boolean {
  const parts = pattern.toLowerCase().split('*');
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return (text) => text.toLowerCase() === first;
  // Each part as early as it can be: never slower than reading the text once per part.
  return (given) => {
    const text = given.toLowerCase();
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const part of others) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return text.length - last.length >= at && text.endsWith(last);
  };
}

const COMPARISON = /^(>=|<=|>|<|=)?(.+)$/;

/** `>200`, `<=5`, `1..2` or a value itself. */
function comparison(
  text: string,
  read: (text: string) => number | undefined,
): ((value: number) => boolean) | undefined {
  const range = text.split('..');
  if (range.length === 2) {
    const [low, high] = range.map((one) => (one === '' ? undefined : read(one)));
    if (low === undefined || high === undefined) return undefined;
    return (value) => value >= low && value <= high;
  }
  const [, sign = '=', rest = ''] = COMPARISON.exec(text) ?? [];
  const bound = read(rest);
  if (bound === undefined) return undefined;
  switch (sign) {
    case '>':
      return (value) => value > bound;
    case '>=':
      return (value) => value >= bound;
    case '<':
      return (value) => value < bound;
    case '<=':
      return (value) => value <= bound;
    default:
      return (value) => value === bound;
  }
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function statusTest(value: string): Test | undefined {
  const [, hundreds] = /^([1-5])xx$/i.exec(value) ?? [];
  if (hundreds !== undefined) return ({ status }) => Math.floor(status / 100) === Number(hundreds);
  const fits = comparison(value, wholeNumber);
  return fits && (({ status }) => fits(status));
}

function grpcTest(value: string): Test | undefined {
  if (value === '*') return ({ grpcStatus }) => grpcStatus >= 0;
  const code = GRPC_CODES.indexOf(value.toLowerCase().replaceAll('_', '-'));
  if (code >= 0) return ({ grpcStatus }) => grpcStatus === code;
  const fits = comparison(value, wholeNumber);
  return fits && (({ grpcStatus }) => grpcStatus >= 0 && fits(grpcStatus));
}
