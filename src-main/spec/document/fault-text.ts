/** A fault between its two forms: as a person writes it, and as the checked mesh has it. */
import { typicalOf } from '../../base/distribution.ts';
import { formatDuration, parseDuration } from '../../base/units.ts';
import type { Fault, RequestMatch } from '../mesh.ts';
import { FAULT_KINDS } from '../policies/kinds.ts';
import type { MeshDocument } from '../schema/document.ts';
import { normalizeDistribution } from './normalize-distribution.ts';
import type { Value } from './write.ts';

export type FaultInput = NonNullable<MeshDocument['faults']>[number];
type Mapping = { readonly [key: string]: unknown };

/** Which values are times: texts with a unit in the document, milliseconds in the mesh. */
type Times = 'time' | { readonly [key: string]: Times };

const EACH: Times = { '*': 'time' };

const DISTRIBUTION_TIMES: Times = {
  uniform: EACH,
  normal: EACH,
  logNormal: { median: 'time' },
  exponential: EACH,
  pareto: { scale: 'time', max: 'time' },
  recorded: { values: EACH, percentiles: EACH },
};

const FAULT_TIMES: Times = {
  delay: { duration: 'time', distribution: DISTRIBUTION_TIMES },
  sequence: { window: EACH },
  duration: 'time',
  schedule: { every: 'time', duration: 'time' },
};

/** @param input fits the schema. */
export function readFault(input: FaultInput, match: RequestMatch): Fault {
  const { delay, abort, identity, stacking, sequence, ...rest } = input;
  const fault = {
    enabled: true,
    random: false,
    ...rest,
    match,
    ...(delay && { delay: readDelay(delay) }),
    ...(abort && { abort: { status: 503, ...abort, ...lowerCased(abort) } }),
    ...(identity && { identity: { side: 'client', ...identity } }),
    ...(stacking === 'remainder' && { stacking }),
    ...(sequence && { sequence: lowerCaseKey(sequence) }),
  };
  return withShares(convert(fault, FAULT_TIMES, fromText) as Fault);
}

/** As a person would write it: without what is the default. */
export function writeFault(fault: Fault, match: Value | undefined): Value {
  const { name, enabled, from, fromVersion, to, toVersion, instance, route, random, ...rest } =
    convert(fault, FAULT_TIMES, toText) as Fault;
  const { match: _match, delay, abort, identity, ...others } = rest;
  return without({
    name,
    enabled: enabled ? undefined : enabled,
    from,
    fromVersion,
    to,
    toVersion,
    instance,
    route,
    match,
    delay: delay && writeDelay(delay),
    abort: abort && writeAbort(abort),
    identity: identity && writeIdentity(identity),
    random: random || undefined,
    ...others,
  });
}

function convert(
  value: unknown,
  times: Times | undefined,
  how: (one: unknown) => unknown,
): unknown {
  if (times === undefined) return value;
  if (times === 'time') return how(value);
  if (Array.isArray(value)) return value.map((one) => convert(one, times['*'], how));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, convert(one, times[key] ?? times['*'], how)]),
  );
}

/** What is a number is a time already. */
function fromText(text: unknown): unknown {
  return typeof text === 'string' ? parseDuration(text) : text;
}

function toText(time: unknown): string | undefined {
  return typeof time === 'number' ? formatDuration(time) : undefined;
}

function readDelay({ duration, at, percentage }: NonNullable<FaultInput['delay']>): Mapping {
  const distribution = typeof duration === 'string' ? undefined : normalizeDistribution(duration);
  return without({
    duration: distribution ? typicalOf(distribution) : duration,
    distribution,
    at: at === 'request' ? undefined : at,
    percentage,
  });
}

function writeDelay({ duration, distribution = duration, at, percentage }: Mapping): Value {
  return without({ duration: distribution, at, percentage: shareText(percentage) });
}

function writeAbort({ status, percentage, ...others }: Mapping): Value {
  const isSaid = others['reset'] === undefined && others['grpcStatus'] === undefined;
  const said = isSaid || status !== 503 ? status : undefined;
  return without({ status: said, ...others, percentage: shareText(percentage) });
}

function writeIdentity({ shows, side, percentage }: Mapping): Value {
  const said = side === 'client' ? undefined : side;
  return without({ shows, side: said, percentage: shareText(percentage) });
}

function shareText(percentage: unknown): unknown {
  return percentage === 100 ? undefined : percentage;
}

function withShares(fault: Fault): Fault {
  const parts = FAULT_KINDS.flatMap((kind) =>
    fault[kind] ? [[kind, { ...fault[kind], percentage: fault[kind].percentage ?? 100 }]] : [],
  );
  return { ...fault, ...(Object.fromEntries(parts) as Partial<Fault>) };
}

function lowerCased({ headers }: { headers?: Record<string, string> | undefined }): Mapping {
  if (!headers) return {};
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { headers: Object.fromEntries(entries) as unknown };
}

function lowerCaseKey(sequence: NonNullable<FaultInput['sequence']>): Mapping {
  const { failThenWork } = sequence;
  if (failThenWork?.header === undefined) return sequence;
  return { failThenWork: { ...failThenWork, header: failThenWork.header.toLowerCase() } };
}

/** Without the keys that have no value. */
function without(given: Mapping): { [key: string]: Value } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [key: string]: Value;
  };
}
