/** What may follow in the filter of requests, at the place where somebody types. Pure. */
import { FIELDS, FIELD_VALUES } from '../../src-main/api/contract/index.ts';
import type { FieldName } from '../../src-main/api/contract/index.ts';

export interface Completion {
  /** What the text from `from` to `to` becomes. */
  readonly text: string;
  /** What it means. */
  readonly detail: string;
}

export interface Completions {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Completion[];
}

/** Values that the mesh and the requests at hand have, by field. */
export type KnownValues = Partial<Record<FieldName, readonly string[]>>;

const MOST = 8;

/** Flags by what they mean (`proxy/hop.ts` has all of them, with Envoy's names). */
export const FLAG_WORDS: Readonly<Record<string, string>> = {
  retry: 'was tried more than once',
  retried: 'a try failed and another followed',
  'retry-limit': 'the last try allowed has failed',
  'retry-abandoned': 'its body was too large for another try',
  hedged: 'ran beside another try',
  'hedge-lost': 'another try beside it was faster',
  timeout: 'took too long',
  'delay-injected': 'a fault held it back',
  'abort-injected': 'a fault answered or broke it',
  'fault-injected': 'a fault touched it in another way',
  'connect-failure': 'no connection',
  'upstream-reset': 'the service broke the connection',
  'downstream-gone': 'the caller went away',
  'no-route': 'no route matched',
  'no-endpoint': 'nobody to send it to',
  'rate-limited': 'over a rate limit',
  denied: 'an authorization policy denied it',
  'denied-dry-run': 'a policy on trial would have denied it',
  'open-circuit': 'a circuit breaker was full',
  ejected: 'outlier detection kept an endpoint out',
  panic: 'too few endpoints were well',
  'wrong-identity': 'the peer was not who it should be',
  'grpc-failure': "gRPC's status was the service's fault",
  tunnel: 'a connection of bytes',
  mtls: 'mutual TLS',
};

/** `caret`: a place in the text. */
export function complete(text: string, caret: number, known: KnownValues): Completions {
  const from = startOfTerm(text, caret);
  const typed = text.slice(from, caret);
  const [, sign = '', name, value = ''] = /^([-!]?)(?:([A-Za-z]+):)?(.*)$/s.exec(typed) ?? [];
  const to = endOfTerm(text, caret);
  if (name === undefined) return { from, to, options: fieldOptions(sign, value) };
  const field = name.toLowerCase();
  if (!isField(field)) return { from, to, options: [] };
  const start = caret - value.length + value.lastIndexOf(',') + 1;
  return { from: start, to, options: valueOptions(field, text.slice(start, caret), known) };
}

function fieldOptions(sign: string, typed: string): Completion[] {
  const wanted = typed.toLowerCase();
  return Object.entries(FIELDS)
    .filter(([name]) => name.startsWith(wanted))
    .map(([name, { description }]) => ({ text: `${sign}${name}:`, detail: description }));
}

function valueOptions(field: FieldName, typed: string, known: KnownValues): Completion[] {
  const all = new Set([...(known[field] ?? []), ...(FIELD_VALUES[field] ?? [])]);
  if (field === 'flag') for (const word of Object.keys(FLAG_WORDS)) all.add(word);
  const wanted = typed.toLowerCase();
  const fitting = [...all].filter((value) => value.toLowerCase().includes(wanted) && value !== '');
  // What begins with it first; else in their own order.
  const rank = (value: string): number => (value.toLowerCase().startsWith(wanted) ? 0 : 1);
  return fitting
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST)
    .map((value) => ({
      text: /[\s",]/.test(value) ? `"${value.replace(/(["\\])/g, '\\$1')}"` : value,
      detail: field === 'flag' ? (FLAG_WORDS[value] ?? '') : '',
    }));
}

/** Terms are parted by blanks, but for those in quotation marks. */
function startOfTerm(text: string, caret: number): number {
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < caret; at++) {
    const char = text.charAt(at);
    if (char === '\\' && isQuoted) at++;
    else if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && /\s/.test(char)) start = at + 1;
  }
  return start;
}

function endOfTerm(text: string, caret: number): number {
  const rest = /^[^\s,]*/.exec(text.slice(caret));
  return caret + (rest?.[0].length ?? 0);
}

function isField(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name);
}
