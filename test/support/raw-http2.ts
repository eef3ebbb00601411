/** A caller that speaks HTTP/2 frame by frame (RFC 9113 §4.1), also such as nobody should. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export const FrameType = {
  DATA: 0,
  HEADERS: 1,
  RST_STREAM: 3,
  SETTINGS: 4,
  PING: 6,
  GOAWAY: 7,
  WINDOW_UPDATE: 8,
  CONTINUATION: 9,
} as const;

export const Flag = { END_STREAM: 1, ACK: 1, END_HEADERS: 4 } as const;

export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

export interface RawHttp2 {
  readonly socket: Socket;
  frames(): readonly Frame[];
  send(type: number, flags: number, stream: number, payload?: Buffer): void;
  /** The head of a request, in literals that HPACK does not compress. */
  request(stream: number, fields: readonly [string, string][], flags: number): void;
  closed(): boolean;
  close(): void;
}

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/** Has sent the preface and its SETTINGS, and acknowledges nothing. */
export function rawHttp2(port: number): RawHttp2 {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  const frames: Frame[] = [];
  let pending = Buffer.alloc(0);
  let closed = false;
  socket.on('data', (chunk) => (pending = takeFrames(Buffer.concat([pending, chunk]), frames)));
  socket.on('end', () => (closed = true));
  socket.on('close', () => (closed = true));
  socket.on('error', () => undefined);
  const send: RawHttp2['send'] = (type, flags, stream, payload = Buffer.alloc(0)) => {
    if (!closed) socket.write(frame(type, flags, stream, payload));
  };
  socket.write(PREFACE);
  send(FrameType.SETTINGS, 0, 0);
  return {
    socket,
    frames: () => frames,
    send,
    request: (stream, fields, flags) => send(FrameType.HEADERS, flags, stream, fieldBlock(fields)),
    closed: () => closed,
    close: () => void socket.destroy(),
  };
}

/** The pseudo-fields of a plain request. */
export function get(path = '/'): [string, string][] {
  return line('GET', path);
}

export function post(path = '/'): [string, string][] {
  return line('POST', path);
}

function line(method: string, path: string): [string, string][] {
  return [
    [':method', method],
    [':scheme', 'http'],
    [':authority', 'api'],
    [':path', path],
  ];
}

/** RFC 7541 §6.2.2: literals without indexing, with a new name, not Huffman-coded. */
export function fieldBlock(fields: readonly (readonly [string, string])[]): Buffer {
  return Buffer.concat(
    fields.map(([name, value]) =>
      Buffer.concat([
        Buffer.from([0, name.length]),
        Buffer.from(name, 'latin1'),
        Buffer.from([value.length]),
        Buffer.from(value, 'latin1'),
      ]),
    ),
  );
}

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Moves the whole frames to `into`; returns the rest. */
function takeFrames(bytes: Buffer<ArrayBuffer>, into: Frame[]): Buffer<ArrayBuffer> {
  let at = 0;
  while (bytes.length - at >= 9) {
    const end = at + 9 + bytes.readUIntBE(at, 3);
    if (bytes.length < end) break;
    into.push({
      type: bytes.readUInt8(at + 3),
      flags: bytes.readUInt8(at + 4),
      stream: bytes.readUInt32BE(at + 5),
      payload: bytes.subarray(at + 9, end),
    });
    at = end;
  }
  return bytes.subarray(at);
}
