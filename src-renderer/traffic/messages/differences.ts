/** What two exchanges have not in common, of the one side or of the other. Pure. */
import type { CapturedExchange, CapturedMessage } from '../../../src-main/api/contract/index.ts';
import { bytesOf, headerOf, isText, textOf } from './body.ts';
import { readJson } from './json.ts';
import type { JsonNode } from './json.ts';

export interface Difference {
  /** `Status`, `Header content-type`, `Body $.items[0].price`. */
  readonly where: string;
  /** Undefined: it is not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Of its nature it is another one each time: a date, an id of the request. */
  readonly isUsual: boolean;
}

/** Headers that have another value each time. */
const USUAL = new Set([
  'connection',
  'date',
  'traceparent',
  'tracestate',
  'x-request-id',
  'etag',
  'age',
]);
/** What is more is only counted. */
const MOST_OF_BODY = 100;

export function requestDifferences(
  before: CapturedExchange,
  after: CapturedExchange,
): Difference[] {
  const [one, other] = [before.request, after.request];
  return [
    ...differs('Method', one.method, other.method),
    ...differs('Path', one.path, other.path),
    ...messageDifferences(one, other),
  ];
}

export function responseDifferences(
  before: CapturedExchange,
  after: CapturedExchange,
): Difference[] {
  const [one, other] = [before.response, after.response];
  if (!one || !other) {
    const said = (answer: typeof one): string => (answer ? String(answer.status) : 'no answer');
    return differs('Status', said(one), said(other));
  }
  return [
    ...differs('Status', String(one.status), String(other.status)),
    ...messageDifferences(one, other),
  ];
}

function messageDifferences(before: CapturedMessage, after: CapturedMessage): Difference[] {
  return [
    ...headerDifferences(before.headers, after.headers),
    ...bodyDifferences(before, after),
    ...differs('Trailers', before.trailers.join(' '), after.trailers.join(' ')),
  ];
}

function differs(
  where: string,
  before: string | undefined,
  after: string | undefined,
  isUsual = false,
): Difference[] {
  return before === after ? [] : [{ where, before, after, isUsual }];
}

/** Several of one name are compared as one, in their order (RFC 9110 §5.3). */
function headerDifferences(
  before: CapturedMessage['headers'],
  after: CapturedMessage['headers'],
): Difference[] {
  const names = [...new Set([...before, ...after].map(([name]) => name))];
  const valueOf = (headers: CapturedMessage['headers'], wanted: string): string | undefined => {
    const values = headers.filter(([name]) => name === wanted).map(([, value]) => value);
    return values.length === 0 ? undefined : values.join(', ');
  };
  return names.flatMap((name) =>
    differs(`Header ${name}`, valueOf(before, name), valueOf(after, name), USUAL.has(name)),
  );
}

function bodyDifferences(before: CapturedMessage, after: CapturedMessage): Difference[] {
  if (before.body === after.body) {
    return differs('Body, in bytes', String(before.bodyBytes), String(after.bodyBytes));
  }
  const [one, other] = [jsonOf(before), jsonOf(after)];
  const found = one && other ? jsonDifferences(one, other, '$') : rawDifferences(before, after);
  const shown = found.slice(0, MOST_OF_BODY);
  const left = found.length - shown.length;
  const rest = `and ${left} more`;
  return left === 0
    ? shown
    : [...shown, { where: 'Body', before: rest, after: rest, isUsual: false }];
}

function jsonOf({ headers, body }: CapturedMessage): JsonNode | undefined {
  try {
    return readJson(textOf(bytesOf(body), headerOf(headers, 'content-type')));
  } catch {
    // No JSON, or not all of it: then its text is compared.
    return undefined;
  }
}

function jsonDifferences(before: JsonNode, after: JsonNode, path: string): Difference[] {
  if (before.kind === 'object' && after.kind === 'object') {
    return inEach(before.entries, after.entries, (key) => `${path}${step(key)}`);
  }
  if (before.kind === 'array' && after.kind === 'array') {
    return inEach(before.entries, after.entries, (key) => `${path}[${key}]`);
  }
  return differs(`Body ${path}`, sayNode(before), sayNode(after));
}

type Entries = Extract<JsonNode, { entries: unknown }>['entries'];

function inEach(before: Entries, after: Entries, pathOf: (key: string) => string): Difference[] {
  const [ones, others] = [before, after].map(
    (entries) => new Map(entries.map(({ key, value }) => [key, value])),
  ) as [Map<string, JsonNode>, Map<string, JsonNode>];
  return [...new Set([...ones.keys(), ...others.keys()])].flatMap((key) => {
    const [one, other] = [ones.get(key), others.get(key)];
    if (one && other) return jsonDifferences(one, other, pathOf(key));
    return differs(`Body ${pathOf(key)}`, one && sayNode(one), other && sayNode(other));
  });
}

/** A name that is no identifier stands in brackets, as in JSONPath (RFC 9535 §2.3.1). */
function step(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function sayNode(node: JsonNode): string {
  if (node.kind === 'object') return node.entries.length === 0 ? '{}' : '{…}';
  if (node.kind === 'array') return node.entries.length === 0 ? '[]' : `[${node.entries.length}]`;
  return node.text;
}

/** Of texts the first line that differs; of anything else, from where on. */
function rawDifferences(before: CapturedMessage, after: CapturedMessage): Difference[] {
  const [one, other] = [bytesOf(before.body), bytesOf(after.body)];
  if (isText(one) && isText(other)) {
    const lines = [before, after].map(({ headers }, i) =>
      textOf(i === 0 ? one : other, headerOf(headers, 'content-type')).split('\n'),
    ) as [string[], string[]];
    const at = lines[0].findIndex((line, i) => line !== lines[1][i]);
    const line = at < 0 ? lines[0].length : at;
    return differs(`Body, line ${line + 1}`, lines[0][line], lines[1][line]);
  }
  const at = one.findIndex((byte, i) => byte !== other[i]);
  const from = at < 0 ? one.length : at;
  const said = ({ bodyBytes }: CapturedMessage): string => `${bodyBytes} bytes`;
  return [
    {
      where: `Body, from byte ${from} on`,
      before: said(before),
      after: said(after),
      isUsual: false,
    },
  ];
}
