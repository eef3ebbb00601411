/** Faults of every shape that a document can have, for properties. */
import fc from 'fast-check';
import { typicalOf } from '../../src-main/base/distribution.ts';
import type { Fault, MatchCondition } from '../../src-main/spec/mesh.ts';
import { FAULT_KINDS } from '../../src-main/spec/policies/kinds.ts';
import type { FaultKind } from '../../src-main/spec/policies/kinds.ts';

const percentage = fc.integer({ min: 0, max: 100 });
const ms = fc.integer({ min: 1, max: 100_000 });
const count = fc.integer({ min: 1, max: 50 });
const time = fc.constantFrom('2026-11-21T10:00:00Z', '2027-01-01T00:00:00+02:00');
const header = fc.constantFrom('x-user', 'x-canary', "'x", '*');
const headers = fc.dictionary(
  header,
  fc.constantFrom('on', 'yes', '1', 'a, b', '# no', '{}', 'é', 'null'),
  { minKeys: 1, maxKeys: 2 },
);
const path = fc.constantFrom('/charge', '/a,b', "/it's:x", '/a%20b');
const conditions = fc.constantFrom<MatchCondition[]>(
  [{ of: 'query', name: 'page', by: 'exact', values: ['a, b'] }],
  [{ of: 'header', name: 'x-other', by: 'regex', values: ['a{1,3}: #'] }],
  [
    { of: 'header', name: 'x-gone', by: 'absent', values: [] },
    { of: 'cookie', name: 'tier', by: 'prefix', values: ['go'] },
  ],
);
const match = fc.record(
  {
    path,
    method: fc.constantFrom('GET', 'POST'),
    headers,
    conditions,
    caller: fc.constantFrom({ service: 'orders' }, { service: 'orders', version: 'v1' }),
  },
  { requiredKeys: [] },
);

const distribution = fc.oneof(
  fc.record({ uniform: fc.tuple(ms, ms).map(([min, more]) => ({ min, max: min + more })) }),
  fc.record({ normal: fc.record({ mean: ms, deviation: ms }) }),
  fc.record({ logNormal: fc.record({ median: ms, sigma: fc.constantFrom(0.5, 1) }) }),
  fc.record({ exponential: fc.record({ mean: ms }) }),
  fc.record({
    pareto: fc.record(
      { scale: ms, shape: fc.constantFrom(1, 1.16), max: ms },
      { requiredKeys: ['scale', 'shape'] },
    ),
  }),
  fc.record({
    recorded: fc.oneof(
      fc.record({ values: fc.array(ms, { minLength: 1, maxLength: 4 }) }),
      fc.record({ percentiles: fc.record({ p50: ms, 'p99.9': ms }) }),
    ),
  }),
);

const at = fc.constantFrom('connect' as const, 'chunk' as const);
const delay = fc.oneof(
  fc.record({ duration: ms, percentage, at }, { requiredKeys: ['duration', 'percentage'] }),
  fc
    .record({ distribution, percentage, at }, { requiredKeys: ['distribution', 'percentage'] })
    .map((one) => ({ ...one, duration: typicalOf(one.distribution) })),
);

const abort = fc.oneof(
  fc.record(
    {
      status: fc.integer({ min: 400, max: 599 }),
      percentage,
      headers,
      body: fc.constantFrom('', 'a: b', '{"error": true}\n'),
      grpcStatus: fc.integer({ min: 1, max: 16 }),
    },
    { requiredKeys: ['status', 'percentage'] },
  ),
  fc.record({
    status: fc.constant(503),
    percentage,
    reset: fc.constantFrom('beforeHead' as const, 'midBody' as const),
  }),
);

const direction = fc.constantFrom('up' as const, 'down' as const);
const bytes = fc.nat(1000);

/** Of each kind. */
const parts = {
  delay,
  partition: fc.record({
    fromAlso: fc.subarray(['gateway', 'storefront']),
    toAlso: fc.constant<string[]>([]),
    percentage,
  }),
  nameNotFound: fc.record({ percentage }),
  connectionRefused: fc.record({ percentage }),
  down: fc.record({ percentage }),
  silence: fc.record({ duration: fc.oneof(fc.constant(0), ms), percentage }),
  abort,
  identity: fc.record({
    shows: fc.constantFrom('expired' as const, 'plainText' as const),
    side: fc.constant('client' as const),
    percentage,
  }),
  responseHeaders: fc.record({
    set: headers,
    remove: fc.uniqueArray(header, { maxLength: 2 }),
    percentage,
  }),
  corrupt: fc.record({
    direction,
    bytes: fc.integer({ min: 1, max: 100 }),
    at: fc.array(bytes, { maxLength: 2 }),
    percentage,
  }),
  truncate: fc.record({ bytes, percentage }),
  limitData: fc.record({
    direction,
    bytes,
    then: fc.constantFrom('close' as const, 'reset' as const),
    percentage,
  }),
  bandwidth: fc.record(
    { up: count, down: count, percentage },
    { requiredKeys: ['down', 'percentage'] },
  ),
  slicer: fc.record({
    direction,
    size: fc.constant(40),
    variation: fc.nat(39),
    delay: fc.oneof(fc.constant(0), ms),
    percentage,
  }),
  slowClose: fc.record({ delay: ms, percentage }),
  resetPeer: fc.record({ after: fc.oneof(fc.constant(0), ms), percentage }),
} satisfies Record<FaultKind, unknown>;

const sequence = fc.oneof(
  fc.record({ first: count }),
  fc.record({ every: count }),
  fc.tuple(count, count).map(([length, more]) => ({ burst: { length, every: length + more } })),
  fc.tuple(ms, ms).map(([from, more]) => ({ window: { from, to: from + more } })),
  fc.record({
    failThenWork: fc.record({ times: count, header }, { requiredKeys: ['times'] }),
  }),
);

const schedule = fc.oneof(
  fc.record({ from: time }),
  fc.record({ until: time, every: ms, duration: ms }),
);

/** Of a mesh with the services `orders`, which calls `payments`. */
export const arbitraryFault: fc.Arbitrary<Fault> = fc
  .record(
    {
      name: fc.constantFrom('slow', 'broken', 'a-1'),
      enabled: fc.boolean(),
      to: fc.constant('payments'),
      from: fc.constantFrom('gateway', 'orders'),
      toVersion: fc.constant('v1'),
      instance: fc.constant('payments-v1-0'),
      route: fc.constant('payments'),
      match,
      ...parts,
      random: fc.boolean(),
      stacking: fc.constant('remainder' as const),
      sequence,
      duration: ms,
      schedule,
      expires: time,
    },
    { requiredKeys: ['name', 'enabled', 'to', 'match', 'random'] },
  )
  .map((one) =>
    FAULT_KINDS.some((kind) => one[kind]) ? one : { ...one, abort: { status: 503, percentage: 5 } },
  );
