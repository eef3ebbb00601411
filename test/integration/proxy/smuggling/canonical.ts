/** What a proxy forwards must have one reading: the same whoever reads it. */
import type { Answer } from './strict-answers.ts';
import type { Forwarded } from './strict-reader.ts';

const REQUEST_LINE = /^[A-Z][A-Z_-]* (?:\/[\x21-\x22\x24-\x7e]*|\*) HTTP\/1\.1$/;
const HEADER_LINE =
  /^[a-z0-9!#$%&'*+\-.^_`|~]+: (?:[!-~\x80-\xff](?:[\t -~\x80-\xff]*[!-~\x80-\xff])?)?$/;
/** Of one hop, or the framing under another name. */
const NOT_FORWARDED =
  /^(?:connection|keep-alive|proxy-connection|te|trailer|upgrade|expect|content_length|transfer_encoding)$/;
/** Of one hop as well, but asked for again at the next: to nothing that speaks HTTP. */
const UPGRADE =
  /\r\nconnection: upgrade\r\nupgrade: (?!h2c|http|tls)[a-z0-9-]+(?:\/[a-z0-9.]+)?\r\n/;
const PLAIN_CHUNKS =
  /^(?:[0-9a-f]+\r\n[^]*\r\n)?0\r\n(?:[a-z0-9!#$%&'*+\-.^_`|~]+: [^\r\n\0]*\r\n)*\r\n$/;

/** What is not canonical in it; empty where all is. */
export function flawsOf({ raw, headers, body }: Forwarded): string[] {
  const end = raw.indexOf('\r\n\r\n');
  const [line = '', ...lines] = raw.slice(0, end).split('\r\n');
  const isUpgrade = UPGRADE.test(raw.slice(0, end + 2)) && body === '';
  const names = headers.map(([name]) => name);
  const ofOneHop = names.filter((one) => NOT_FORWARDED.test(one));
  if (isUpgrade)
    for (const one of ['connection', 'upgrade']) ofOneHop.splice(ofOneHop.indexOf(one), 1);
  const count = (name: string): number => names.filter((one) => one === name).length;
  const framings = count('content-length') + count('transfer-encoding');
  const chunked = headers.find(([name]) => name === 'transfer-encoding')?.[1];
  return [
    ...(REQUEST_LINE.test(line) ? [] : [`request line: ${line}`]),
    ...lines.filter((one) => !HEADER_LINE.test(one)).map((one) => `header line: ${one}`),
    ...ofOneHop.map((one) => `forwarded: ${one}`),
    ...(count('host') === 1 && names[0] === 'host' ? [] : ['Host is not once and first']),
    ...(framings > 1 || (framings === 0 && body !== '') ? [`${framings} framings`] : []),
    ...(chunked !== undefined && chunked !== 'chunked' ? [`coding ${chunked}`] : []),
    ...(chunked !== undefined && !PLAIN_CHUNKS.test(raw.slice(end + 4)) ? ['chunks'] : []),
  ];
}

const STATUS_LINE = /^HTTP\/1\.1 [1-9]\d\d [\t -~\x80-\xff]*$/;
const NOT_ANSWERED =
  /^(?:keep-alive|proxy-connection|te|trailer|upgrade|content_length|transfer_encoding)$/;

/** As `flawsOf`, of what a caller gets; `method`: of its request. */
export function flawsOfAnswer(answer: Answer, method: string): string[] {
  const { raw, line, status, headers } = answer;
  const lines = raw.slice(0, raw.indexOf('\r\n\r\n')).split('\r\n').slice(1);
  const values = (name: string): string[] =>
    headers.filter(([one]) => one === name).map(([, value]) => value);
  const framings = values('content-length').length + values('transfer-encoding').length;
  const isClosed = values('connection').includes('close');
  const isBodiless = method === 'HEAD' || status === 204 || status === 304;
  return [
    ...(STATUS_LINE.test(line) ? [] : [`status line: ${line}`]),
    ...lines.filter((one) => !HEADER_LINE.test(one)).map((one) => `header line: ${one}`),
    ...headers.filter(([name]) => NOT_ANSWERED.test(name)).map(([name]) => `passed on: ${name}`),
    ...values('connection')
      .filter((one) => one !== 'close')
      .map((one) => `connection: ${one}`),
    ...(framings > 1 || (framings === 0 && !isClosed && !isBodiless)
      ? [`${framings} framings`]
      : []),
    ...(status === 204 && framings > 0 ? ['204 with a framing'] : []),
  ];
}
