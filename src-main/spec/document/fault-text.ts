/** A fault between its two forms: as a person writes it, and as the checked mesh has it. */
import { isDeepStrictEqual } from 'node:util';
import { typicalOf } from '../../base/distribution.ts';
import { formatDuration, parseDuration, parseOffset } from '../../base/units.ts';
import type { InstanceFault } from '../fault.ts';
import type { Fault, RequestMatch } from '../mesh.ts';
import { FAULT_KINDS } from '../policies/kinds.ts';
import type { FaultKind } from '../policies/kinds.ts';
import type { DistributionInput } from '../schema/distribution.ts';
import type { MeshDocument } from '../schema/document.ts';
import { normalizeDistribution } from './normalize-distribution.ts';
import { DEFAULT_HEADROOM } from '../schema/instance-fault.ts';
import type { InstanceFaultInput } from '../schema/instance-fault.ts';
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

const FAULT_TIMES: { readonly [key: string]: Times } = {
  delay: { duration: 'time', distribution: DISTRIBUTION_TIMES },
  silence: { duration: 'time' },
  slicer: { delay: 'time' },
  slowClose: { delay: 'time' },
  resetPeer: { after: 'time' },
  sequence: { window: EACH },
  duration: 'time',
  schedule: { every: 'time', duration: 'time' },
};

const INSTANCE_FAULT_TIMES: { readonly [key: string]: Times } = {
  delay: 'time',
  jitter: 'time',
  duration: 'time',
  schedule: { every: 'time', duration: 'time' },
};

/** What a kind of fault has where nothing is said, besides a share of 100 %. Not written out. */
const DEFAULTS: { readonly [K in FaultKind]?: Partial<Fault[K]> } = {
  abort: { status: 503 },
  partition: { fromAlso: [], toAlso: [] },
  identity: { side: 'client' },
  silence: { duration: 0 },
  responseHeaders: { set: {}, remove: [] },
  corrupt: { direction: 'down', bytes: 0, at: [] },
  limitData: { direction: 'down', then: 'close' },
  slicer: { direction: 'down', variation: 0, delay: 0 },
  resetPeer: { after: 0 },
};

/** @param input fits the schema. */
export function readFault(input: FaultInput, match: RequestMatch): Fault {
  const { stacking, sequence, ...rest } = input;
  const fault = {
    enabled: true,
    random: false,
    ...rest,
    match,
    ...(stacking === 'remainder' && { stacking }),
    ...(sequence && { sequence: lowerCaseKey(sequence) }),
  };
  const parts = FAULT_KINDS.flatMap((kind) => {
    const part: Mapping | undefined = input[kind];
    return part ? [[kind, readPart(kind, part)]] : [];
  });
  const kinds = Object.fromEntries(parts) as Mapping;
  return convert({ ...fault, ...kinds }, FAULT_TIMES, fromText) as Fault;
}

/** @param input fits the schema. */
export function readInstanceFault(input: InstanceFaultInput): InstanceFault {
  const { offset = '0s', ...rest } = input;
  const given = { enabled: true, share: 20, headroomBytes: DEFAULT_HEADROOM, ...rest };
  const fault = convert(given, INSTANCE_FAULT_TIMES, fromText) as Omit<InstanceFault, 'offset'>;
  // The schema has let it through.
  return { ...fault, offset: parseOffset(offset) as number };
}

/** As a person would write it: without what is the default. */
export function writeFault(fault: Fault, match: Value | undefined): Value {
  const { name, enabled, from, fromVersion, to, toVersion, instance, route, random, ...others } =
    convert(fault, FAULT_TIMES, toText) as Fault;
  const parts = FAULT_KINDS.flatMap((kind) => {
    const part: Mapping | undefined = fault[kind];
    if (!part) return [];
    const said = convert(withoutDefaults(kind, part), FAULT_TIMES[kind], toText) as Mapping;
    return [[kind, kind === 'delay' ? writeDelay(said) : said]];
  });
  return without({
    name,
    enabled: enabled ? undefined : enabled,
    from,
    fromVersion,
    to,
    toVersion,
    instance,
    route,
    ...without({ ...others, match, ...(Object.fromEntries(parts) as Mapping) }),
    random: random || undefined,
  });
}

function readPart(kind: FaultKind, part: Mapping): Mapping {
  const read = kind === 'delay' ? readDelay(part) : part;
  return { percentage: 100, ...DEFAULTS[kind], ...lowerCased(without(read)) };
}

function withoutDefaults(kind: FaultKind, part: Mapping): Mapping {
  const defaults: Mapping = { percentage: 100, ...DEFAULTS[kind] };
  const isSaid = (key: string): boolean => !isDeepStrictEqual(part[key], defaults[key]);
  const said = Object.fromEntries(Object.entries(part).filter(([key]) => isSaid(key)));
  // An abort says what it answers, unless it says so in other words.
  const isAbort = kind === 'abort' && (part['reset'] ?? part['grpcStatus']) === undefined;
  return isAbort ? { status: part['status'], ...said } : said;
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

function readDelay({ duration, at, percentage }: Mapping): Mapping {
  const isFixed = typeof duration === 'string';
  const distribution = isFixed ? undefined : normalizeDistribution(duration as DistributionInput);
  return {
    duration: distribution ? typicalOf(distribution) : duration,
    distribution,
    at: at === 'request' ? undefined : at,
    percentage,
  };
}

/** A time that varies stands in the place of one that does not. */
function writeDelay({ duration, distribution = duration, ...others }: Mapping): Mapping {
  return { duration: distribution, ...others };
}

/** Header names, wherever a kind has some. */
function lowerCased(part: Mapping): Mapping {
  const changed = Object.entries(part).map(([key, value]) => {
    if (key === 'remove') return [key, (value as string[]).map((name) => name.toLowerCase())];
    return [key, key === 'headers' || key === 'set' ? lowerCaseNames(value as Mapping) : value];
  });
  return Object.fromEntries(changed) as Mapping;
}

function lowerCaseNames(headers: Mapping): Mapping {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
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
