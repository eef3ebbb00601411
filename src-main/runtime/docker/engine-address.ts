/** Where a container engine listens, as DOCKER_HOST and Docker's contexts write it. Pure. */

/** How a TCP address is spoken to; absent parts: as the system has them. */
export interface TlsSettings {
  /** With `ca.pem`, `cert.pem` and `key.pem`, each of which may be missing. */
  readonly folder: string;
  /** Whether the engine's certificate must be right. */
  readonly isVerified: boolean;
}

export type EngineAddress =
  /** `path`: of a Unix socket or of a named pipe of Windows. */
  | { readonly kind: 'socket'; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly tls?: TlsSettings;
    }
  /** `destination`: as `ssh` takes it, `user@host`. `socket`: the engine's, over there. */
  | {
      readonly kind: 'ssh';
      readonly destination: string;
      readonly port?: number;
      readonly socket?: string;
    };

const DEFAULT_SOCKET = '/var/run/docker.sock';
const DEFAULT_PIPE = '//./pipe/docker_engine';
/** As Docker's own command has them. */
const PORT = 2375;
const TLS_PORT = 2376;

/**
 * Reads `unix://…`, `npipe://…`, `tcp://…`, `http(s)://…`, `ssh://…` and a bare `host:port`.
 * `tls`: for TCP, where the settings ask for it. Undefined where the text is none of these.
 */
export function parseEngineAddress(text: string, tls?: TlsSettings): EngineAddress | undefined {
  const found = /^(?:([a-z]+):\/\/)?(.*)$/.exec(text.trim());
  const [, scheme = 'tcp', rest = ''] = found ?? [];
  switch (scheme) {
    case 'unix':
      return { kind: 'socket', path: rest === '' ? DEFAULT_SOCKET : rest };
    case 'npipe':
      return { kind: 'socket', path: rest === '' ? DEFAULT_PIPE : rest.replaceAll('\\', '/') };
    case 'tcp':
    case 'http':
      return tcpAddress(rest, tls);
    case 'https':
      return tcpAddress(rest, tls ?? { folder: '', isVerified: true });
    case 'ssh':
      return sshAddress(rest);
    default:
      return undefined;
  }
}

function tcpAddress(rest: string, tls: TlsSettings | undefined): EngineAddress | undefined {
  const url = readUrl(rest);
  if (!url) return undefined;
  const port = url.port === '' ? (tls ? TLS_PORT : PORT) : Number(url.port);
  const host = url.hostname === '' ? '127.0.0.1' : url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { kind: 'tcp', host, port, ...(tls && { tls }) };
}

function sshAddress(rest: string): EngineAddress | undefined {
  const url = readUrl(rest);
  // A dash in front would be an option of `ssh`.
  if (!url || url.hostname === '' || rest.startsWith('-')) return undefined;
  const user = url.username === '' ? '' : `${decodeURIComponent(url.username)}@`;
  return {
    kind: 'ssh',
    destination: `${user}${url.hostname}`,
    ...(url.port !== '' && { port: Number(url.port) }),
    ...(url.pathname.length > 1 && { socket: url.pathname }),
  };
}

function readUrl(rest: string): URL | undefined {
  // A scheme of its own: that of `http` would take port 80 for none.
  return URL.canParse(`engine://${rest}`) ? new URL(`engine://${rest}`) : undefined;
}

/** As a person would write it. */
export function formatEngineAddress(address: EngineAddress): string {
  switch (address.kind) {
    case 'socket':
      return address.path.startsWith('//') ? `npipe://${address.path}` : `unix://${address.path}`;
    case 'tcp':
      return `tcp://${address.host}:${address.port}`;
    case 'ssh': {
      const port = address.port === undefined ? '' : `:${address.port}`;
      return `ssh://${address.destination}${port}${address.socket ?? ''}`;
    }
  }
}
