/** One message: its first line, its headers, its body, its trailers. */
import type { CapturedExchange, CapturedMessage } from '../../../src-main/api/contract/index.ts';
import { BodyView } from './BodyView.tsx';
import styles from './Messages.module.css';

export function RequestView({ request }: { request: CapturedExchange['request'] }) {
  const { method, path, protocol } = request;
  return (
    <Message label="request" message={request}>
      <b>{method}</b> {path} <span className={styles.faint}>{protocolName(protocol)}</span>
    </Message>
  );
}

export function ResponseView({ response }: { response: CapturedExchange['response'] }) {
  if (!response) {
    return (
      <p className={styles.nothing}>
        No answer came back to the caller: the waterfall says what was in its way.
      </p>
    );
  }
  const { status } = response;
  return (
    <Message label="response" message={response}>
      <b data-status={Math.floor(status / 100)}>{status}</b> {REASONS[status] ?? ''}
    </Message>
  );
}

function protocolName(protocol: string): string {
  return protocol === 'h2' ? 'HTTP/2' : protocol.toUpperCase();
}

/** RFC 9110 §15; those that one meets. */
const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

interface MessageProps {
  readonly label: 'request' | 'response';
  readonly message: CapturedMessage;
  readonly children: React.ReactNode;
}

function Message({ label, message, children }: MessageProps) {
  return (
    <div className={styles.message} data-testid={`message-${label}`}>
      <p className={`${styles.line} mono`}>{children}</p>
      <Headers title="Headers" pairs={message.headers} />
      <BodyView message={message} label={label} />
      <Headers title="Trailers" pairs={trailersOf(message)} />
    </div>
  );
}

function Headers({ title, pairs }: { title: string; pairs: CapturedMessage['headers'] }) {
  if (pairs.length === 0) return null;
  return (
    <details className={styles.headers} open>
      <summary className={styles.part}>
        <h4>{title}</h4>
        <span className={`${styles.faint} num`}>{pairs.length}</span>
      </summary>
      <dl className={styles.pairs}>
        {pairs.map(([name, value], i) => (
          <div key={i}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function trailersOf({ trailers }: CapturedMessage): [string, string][] {
  return trailers.flatMap((name, i): [string, string][] =>
    i % 2 === 0 ? [[name, trailers[i + 1] ?? '']] : [],
  );
}
