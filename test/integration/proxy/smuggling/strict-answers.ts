/** A reader of answers that shares nothing with the proxy's: what a strict caller makes of them. */
import { readChunks } from './strict-reader.ts';

export interface Answer {
  /** Latin-1, as it came. */
  readonly raw: string;
  readonly line: string;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export type AnswerRead =
  | { readonly kind: 'whole'; readonly answer: Answer; readonly interim: number }
  /** More must come, or, where nothing will, it was cut off. */
  | { readonly kind: 'part' }
  | { readonly kind: 'malformed'; readonly why: string };

const PART = { kind: 'part' } as const;
const malformed = (why: string): AnswerRead => ({ kind: 'malformed', why });

/** The final answer at the beginning of `text`; `ended`: the sender has closed. */
export function readAnswer(text: string, method: string, ended: boolean): AnswerRead {
  let rest = text;
  for (let interim = 0; ; interim++) {
    const head = readHead(rest);
    if (typeof head === 'string') return malformed(head);
    if (!head) return PART;
    if (head.status >= 200) return readBody(rest, head, { method, ended, interim });
    rest = rest.slice(head.end);
  }
}

interface Head extends Omit<Answer, 'raw' | 'body'> {
  readonly end: number;
}

function readHead(text: string): Head | string | undefined {
  const end = text.indexOf('\r\n\r\n');
  const known = end < 0 ? text : text.slice(0, end);
  if (/(?<!\r)\n/.test(known)) return 'a bare LF in the head';
  if (end < 0) return undefined;
  const [line = '', ...lines] = known.split('\r\n');
  const status = /^HTTP\/1\.1 ([1-9]\d\d) [\t -~\x80-\xff]*$/.exec(line)?.[1];
  if (status === undefined) return `status line: ${line}`;
  const headers: (readonly [string, string])[] = [];
  for (const one of lines) {
    const found = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([\t -~\x80-\xff]*?)[ \t]*$/.exec(one);
    if (!found) return `header line: ${one}`;
    headers.push([(found[1] ?? '').toLowerCase(), found[2] ?? '']);
  }
  return { line, status: Number(status), headers, end: end + 4 };
}

interface Circumstances {
  readonly method: string;
  readonly ended: boolean;
  readonly interim: number;
}

function readBody(text: string, head: Head, { method, ended, interim }: Circumstances): AnswerRead {
  const { end, ...told } = head;
  const whole = (length: number, body: string): AnswerRead => {
    const raw = text.slice(0, end + length);
    return { kind: 'whole', answer: { ...told, raw, body }, interim };
  };
  const all = (name: string): string[] =>
    head.headers.filter(([one]) => one === name).map(([, value]) => value);
  const lengths = all('content-length');
  const codings = all('transfer-encoding');
  if (lengths.length + codings.length > 1) return malformed('more than one framing');
  if (method === 'HEAD' || head.status === 204 || head.status === 304) return whole(0, '');
  const rest = text.slice(end);
  if (codings.length > 0) {
    if (codings[0] !== 'chunked') return malformed(`coding ${codings[0]}`);
    const chunks = readChunks(rest);
    if (typeof chunks === 'string') return malformed(chunks);
    return chunks ? whole(chunks.length, chunks.body) : PART;
  }
  const [length] = lengths;
  if (length === undefined) return ended ? whole(rest.length, rest) : PART;
  if (!/^\d{1,9}$/.test(length)) return malformed(`length ${length}`);
  return rest.length < Number(length) ? PART : whole(Number(length), rest.slice(0, Number(length)));
}
