/**
 * The language in which requests are asked for. App and engine read it alike. Pure.
 *
 *     service:payments status:>=500 path:/checkout* latency:>200ms -fault:slow-* "two words"
 *
 * Every term must fit. A term is a word to be found anywhere, or a field with a value; values parted
 * by commas are alternatives; `-` (or `!`) before a term asks for what it does not fit.
 */
import { FIELDS } from './fields.ts';
import type { FieldName, Test } from './fields.ts';
import type { RequestSummary } from '../state.ts';
import { fitsWord } from './word.ts';

/** Something that cannot be understood; `from` and `to` are places in the text. */
export interface FilterProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

export interface Term {
  readonly from: number;
  readonly to: number;
  readonly isNegated: boolean;
  /** Undefined: a word to be found anywhere. */
  readonly field: FieldName | undefined;
  /** Where the value begins, behind the colon. */
  readonly valueFrom: number;
  /** As it stands there, without quotation marks. */
  readonly value: string;
  readonly test: Test;
}

export interface RequestFilter {
  readonly terms: readonly Term[];
  /** Terms with a problem fit nothing and are not among the others. */
  readonly problems: readonly FilterProblem[];
  fits(request: RequestSummary): boolean;
}

const TERM = /([-!]?)(?:([A-Za-z]+):)?("(?:[^"\\]|\\.)*"?|[^\s"]*)/y;

/** Never throws: what is wrong stands in `problems`. */
export function parseFilter(text: string): RequestFilter {
  const terms: Term[] = [];
  const problems: FilterProblem[] = [];
  for (let at = skipBlanks(text, 0); at < text.length; at = skipBlanks(text, at)) {
    const read = readTerm(text, at);
    if ('message' in read) problems.push(read);
    else terms.push(read);
    at = Math.max(read.to, at + 1);
  }
  return {
    terms,
    problems,
    fits: (request) => terms.every(({ test, isNegated }) => test(request) !== isNegated),
  };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at++;
  return at;
}

function readTerm(text: string, from: number): Term | FilterProblem {
  TERM.lastIndex = from;
  const [whole = '', sign = '', name, quoted = ''] = TERM.exec(text) ?? [];
  const to = from + Math.max(1, whole.length);
  const valueFrom = to - quoted.length;
  const problem = (message: string, at = from): FilterProblem => ({ from: at, to, message });
  const isQuoted = quoted.startsWith('"');
  if (isQuoted && !/^"(?:[^"\\]|\\.)*"$/.test(quoted)) {
    return problem('the quotation mark is not closed', valueFrom);
  }
  const value = isQuoted ? quoted.slice(1, -1).replace(/\\(.)/g, '$1') : quoted;
  const about = { from, to, isNegated: sign !== '', valueFrom, value };
  if (name === undefined) {
    if (value === '') return problem(isQuoted ? 'a word is expected' : 'a word is expected here');
    return { ...about, field: undefined, test: (request) => fitsWord(request, value, isQuoted) };
  }
  const field = name.toLowerCase();
  if (!isField(field)) {
    const known = Object.keys(FIELDS).join(', ');
    return problem(`there is no field "${name}"; there are: ${known}`);
  }
  if (value === '') return problem(`${field}: ${FIELDS[field].expects} is expected`, valueFrom);
  const test = testOf(field, isQuoted ? [value] : value.split(','));
  if (!test) {
    return problem(`${field}: ${FIELDS[field].expects} is expected, not "${value}"`, valueFrom);
  }
  return { ...about, field, test };
}

function testOf(field: FieldName, values: readonly string[]): Test | undefined {
  const tests = values.map((one) => FIELDS[field].test(one));
  if (tests.some((test) => !test)) return undefined;
  return (request) => tests.some((test) => test?.(request));
}

function isField(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name);
}
