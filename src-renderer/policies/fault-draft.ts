/** A fault as it is typed: texts first, a fault once everything in it is right. Pure. */
import { formatDuration, parseDuration } from '../../src-main/api/contract/index.ts';
import type { Fault, RequestMatch } from '../../src-main/api/contract/index.ts';

export type FaultKind = 'delay' | 'abort';

export interface FaultDraft {
  /** The one that is changed; undefined for a new one. */
  readonly base: Fault | undefined;
  /** What it does; at least one. */
  readonly kinds: readonly FaultKind[];
  readonly duration: string;
  readonly delayPercentage: number;
  readonly status: string;
  readonly abortPercentage: number;
  readonly everyCaller: boolean;
  readonly path: string;
  /** Empty: any. */
  readonly method: string;
  /** A line for each: `x-user: ada`. */
  readonly headers: string;
  readonly random: boolean;
}

export type DraftErrors = Partial<Record<'duration' | 'status' | 'path' | 'headers', string>>;

/** The document takes no longer durations. */
const LONGEST = 24 * 3_600_000;
/** Of RFC 9110 §5.6.2, as the document checks it. */
const HEADER_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)\s*:\s*(\S.*)$/;

export function newDraft(kind: FaultKind): FaultDraft {
  return {
    base: undefined,
    kinds: [kind],
    duration: '300ms',
    delayPercentage: 50,
    status: '503',
    abortPercentage: 50,
    everyCaller: false,
    path: '',
    method: '',
    headers: '',
    random: false,
  };
}

export function draftOf(fault: Fault): FaultDraft {
  const { delay, abort, match } = fault;
  return {
    base: fault,
    kinds: [...(delay ? ['delay' as const] : []), ...(abort ? ['abort' as const] : [])],
    duration: formatDuration(delay?.duration ?? 300),
    delayPercentage: delay?.percentage ?? 50,
    status: String(abort?.status ?? 503),
    abortPercentage: abort?.percentage ?? 50,
    everyCaller: fault.from === undefined,
    path: match.path ?? '',
    method: match.method ?? '',
    headers: Object.entries(match.headers ?? {})
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    random: fault.random,
  };
}

/** Whether it is for some requests only. */
export function isNarrowed({ path, method, headers }: FaultDraft): boolean {
  return path !== '' || method !== '' || headers.trim() !== '';
}

export function draftErrors(draft: FaultDraft): DraftErrors {
  const { kinds, duration, status, path, headers } = draft;
  const ms = parseDuration(duration.trim());
  const isTime = ms !== undefined && ms <= LONGEST;
  return {
    ...(kinds.includes('delay') &&
      !isTime && { duration: 'A number with its unit, at most a day: 300ms, 2s, 1m.' }),
    ...(kinds.includes('abort') &&
      !/^[2-5][0-9]{2}$/.test(status.trim()) && { status: 'An HTTP status from 200 to 599.' }),
    ...(path !== '' &&
      !/^\/[^\s?#]*$/.test(path) && { path: 'A path begins with a slash and has no query.' }),
    ...(parseHeaders(headers) === undefined && {
      headers: 'A line for each header: its name, a colon, its whole value.',
    }),
  };
}

/** Undefined where a line is no header. */
export function parseHeaders(text: string): Record<string, string> | undefined {
  const headers: Record<string, string> = {};
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const found = HEADER_LINE.exec(line);
    if (!found) return undefined;
    headers[(found[1] as string).toLowerCase()] = found[2] as string;
  }
  return headers;
}

/** The fault that the draft means; it has no errors. `taken`: names of the faults there are. */
export function toFault(
  draft: FaultDraft,
  from: string,
  to: string,
  taken: readonly string[],
): Fault {
  const { base, kinds, random } = draft;
  const has = (kind: FaultKind): boolean => kinds.includes(kind);
  return {
    ...unshown(base, ['from', 'delay', 'abort']),
    name: base?.name ?? freeName(`${kinds.join('-')}-${from}-${to}`, taken),
    enabled: base?.enabled ?? true,
    to,
    random,
    match: matchOf(draft),
    ...(!draft.everyCaller && { from: base?.from ?? from }),
    ...(has('delay') && {
      delay: delayOf(draft),
    }),
    ...(has('abort') && {
      abort: {
        ...unshown(base?.abort, ['status', 'percentage', 'reset']),
        status: Number(draft.status),
        percentage: draft.abortPercentage,
      },
    }),
  };
}

/** A time that varies stays as it is, unless another time is typed. */
function delayOf({ base, duration, delayPercentage }: FaultDraft): Fault['delay'] {
  const time = parseDuration(duration.trim()) ?? 0;
  const others = unshown(base?.delay, ['duration', 'percentage']);
  const { distribution, ...rest } = others;
  const isSame = duration.trim() === formatDuration(base?.delay?.duration ?? -1);
  return {
    ...rest,
    ...(isSame && distribution && { distribution }),
    duration: time,
    percentage: delayPercentage,
  };
}

/** What the form does not show stays as it is. */
function unshown<T extends object, K extends keyof T>(from: T | undefined, shown: K[]): Partial<T> {
  const isShown = (key: string): boolean => (shown as string[]).includes(key);
  return Object.fromEntries(
    Object.entries(from ?? {}).filter(([key]) => !isShown(key)),
  ) as Partial<T>;
}

function matchOf({ base, path, method, headers }: FaultDraft): RequestMatch {
  const wanted = parseHeaders(headers) ?? {};
  // A path or method that is typed takes the place of one that the form cannot show.
  const { conditions = [], ...rest } = unshown(base?.match, ['path', 'method', 'headers']);
  const kept = conditions.filter(({ of, name }) => {
    if (of === 'path') return path === '';
    if (of === 'method') return method === '';
    return of !== 'header' || !Object.hasOwn(wanted, name);
  });
  return {
    ...rest,
    ...(kept.length > 0 && { conditions: kept }),
    ...(path !== '' && { path }),
    ...(method !== '' && { method }),
    ...(Object.keys(wanted).length > 0 && { headers: wanted }),
  };
}

function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let i = 2; taken.includes(name); i++) name = `${wanted}-${i}`;
  return name;
}

/**
 * What it will do, a sentence for each part: `50 % of orders → payments, now about 1.2 requests/s,
 * wait 300ms longer.` `rate`: requests per second of the calls it is about.
 */
export function previewOf(draft: FaultDraft, from: string, to: string, rate: number): string[] {
  const who = draft.everyCaller ? `all calls to ${to}` : `${from} → ${to}`;
  // How many of them fit path, method and headers, nobody has counted yet.
  const about = isNarrowed(draft) ? 'at most' : 'about';
  const part = (percentage: number): string =>
    `${percentage} % of ${who}, now ${about} ${((rate * percentage) / 100).toFixed(1)} requests/s`;
  return draft.kinds.map((kind) =>
    kind === 'delay'
      ? `${part(draft.delayPercentage)}, wait ${draft.duration.trim()} longer.`
      : `${part(draft.abortPercentage)}, are answered with ${draft.status.trim()}.`,
  );
}

/** A delay as long as the callers' timeout is an abort in all but name: that should be no surprise. */
export function timeoutWarning(
  { kinds, duration }: FaultDraft,
  to: string,
  timeout: number | undefined,
): string | undefined {
  const delay = parseDuration(duration.trim());
  if (!kinds.includes('delay') || delay === undefined || timeout === undefined) return undefined;
  if (delay < timeout) return undefined;
  return `Calls to ${to} time out after ${formatDuration(timeout)}: held back this long, they fail with 504.`;
}
