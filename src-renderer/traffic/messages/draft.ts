/** A request as it is changed by hand before it is sent. Pure. */
import type {
  CapturedExchange,
  HopView,
  OutgoingRequest,
} from '../../../src-main/api/contract/index.ts';
import { base64Of, bytesOf, headerOf, isText, textOf } from './body.ts';

export interface Draft {
  readonly method: string;
  readonly path: string;
  /** One a line, `name: value`. */
  readonly headers: string;
  readonly body: string;
  /** A body that is no text: it stays as it is, in base64. */
  readonly bytes: string | undefined;
}

export interface DraftProblems {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: string;
}

/** Of the connection and of framing: they are written anew, and are of no use in the draft. */
const WRITTEN_ANEW = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding']);

export function draftOf({
  method,
  path,
  headers,
  body,
  decoded,
}: CapturedExchange['request']): Draft {
  const bytes = bytesOf(body);
  const isShown = isText(bytes);
  return {
    method,
    path,
    // Without its coding a body must not be said to have it.
    headers: headers
      .filter(
        ([name]) => !WRITTEN_ANEW.has(name) && !(decoded !== '' && name === 'content-encoding'),
      )
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    body: isShown ? textOf(bytes, headerOf(headers, 'content-type')) : '',
    bytes: isShown ? undefined : body,
  };
}

/** Of a request whose messages were not captured: what the hop says of it. */
export function draftOfHop({ method, path }: HopView): Draft {
  return { method, path, headers: '', body: '', bytes: undefined };
}

export function problemsOf({ method, path, headers }: Draft): DraftProblems {
  const wrong = headers
    .split('\n')
    .findIndex(
      (line) =>
        line.trim() !== '' && !/^[!#$%&'*+.^_`|~\w-]+:[^\x00-\x08\x0a-\x1f\x7f]*$/.test(line),
    );
  return {
    ...(!/^[!#$%&'*+.^_`|~\w-]+$/.test(method) && { method: 'A word, such as GET.' }),
    ...(!/^(?:\/[\x21-\x7e]*|\*)$/.test(path) && {
      path: 'Begins with /, without blanks; other characters are percent-encoded.',
    }),
    ...(wrong >= 0 && { headers: `Line ${wrong + 1} is no header: name, colon, value.` }),
  };
}

/** How the hop's own caller would send it. @param masked whether secrets in it may be kept */
export function outgoingOf(draft: Draft, hop: HopView, masked: boolean): OutgoingRequest {
  const { method, path, headers, body, bytes } = draft;
  const isInside = hop.direction !== 'gateway';
  return {
    from: isInside ? hop.source : 'gateway',
    ...(isInside && { instance: hop.node }),
    to: hop.destination,
    protocol: hop.protocol === 'h2' ? 'h2' : 'http/1.1',
    method,
    path,
    headers: headerLines(headers),
    body: bytes ?? base64Of(new TextEncoder().encode(body)),
    masked,
  };
}

function headerLines(text: string): [string, string][] {
  return text.split('\n').flatMap((line): [string, string][] => {
    const at = line.indexOf(':');
    return at <= 0 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]];
  });
}
