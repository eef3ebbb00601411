/** A gRPC service with the four kinds of call, and clients for it; messages are plain text. */
import { Client, Metadata, Server, ServerCredentials, credentials, status } from '@grpc/grpc-js';
import type {
  ClientDuplexStream,
  ClientReadableStream,
  ClientUnaryCall,
  ClientWritableStream,
  ServerDuplexStream,
  ServerReadableStream,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceError,
  sendUnaryData,
} from '@grpc/grpc-js';

const text = {
  requestSerialize: (value: string): Buffer => Buffer.from(value),
  requestDeserialize: (bytes: Buffer): string => bytes.toString(),
  responseSerialize: (value: string): Buffer => Buffer.from(value),
  responseDeserialize: (bytes: Buffer): string => bytes.toString(),
};

const method = (
  name: string,
  requestStream: boolean,
  responseStream: boolean,
): typeof text & { path: string; requestStream: boolean; responseStream: boolean } => ({
  path: `/test.Echo/${name}`,
  requestStream,
  responseStream,
  ...text,
});

const ECHO = {
  unary: method('Unary', false, false),
  collect: method('Collect', true, false),
  list: method('List', false, true),
  chat: method('Chat', true, true),
};

const LARGE = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

export interface GrpcService {
  readonly port: number;
  /** Unary calls that have arrived. */
  readonly started: () => number;
  /** Calls that were cancelled by their caller. */
  readonly cancelled: () => number;
  /** Ends at once, whatever runs. */
  kill(): void;
  close(): void;
}

/**
 * `Unary` echoes, or fails with the status that `fail:<code>` asks for, or never answers `wait`;
 * `Collect` joins; `List` sends as many numbers as it is asked for, and never ends with `<count>:endless`; `Chat` echoes each message.
 */
export async function startGrpcService(): Promise<GrpcService> {
  let started = 0;
  let cancelled = 0;
  const server = new Server(LARGE);
  server.addService(ECHO, {
    unary: (call: ServerUnaryCall<string, string>, done: sendUnaryData<string>): void => {
      started++;
      call.on('cancelled', () => cancelled++);
      const [, code] = /^fail:(\d+)$/.exec(call.request) ?? [];
      const trailers = new Metadata();
      trailers.set('echoed', 'yes');
      if (code !== undefined) done({ code: Number(code), details: 'as asked: ä' });
      else if (call.request !== 'wait') done(null, call.request, trailers);
    },
    collect: (call: ServerReadableStream<string, string>, done: sendUnaryData<string>): void => {
      const parts: string[] = [];
      call.on('data', (part: string) => parts.push(part));
      call.on('end', () => done(null, parts.join()));
    },
    list: (call: ServerWritableStream<string, string>): void => {
      const [count, endless] = call.request.split(':');
      for (let i = 0; i < Number(count); i++) call.write(String(i));
      if (endless === undefined) call.end();
    },
    chat: (call: ServerDuplexStream<string, string>): void => {
      call.on('cancelled', () => cancelled++);
      call.on('data', (part: string) => call.write(part));
      call.on('end', () => call.end());
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const kill = (): void => server.forceShutdown();
  return { port, started: () => started, cancelled: () => cancelled, kill, close: kill };
}

export interface GrpcClient {
  unary(request: string, deadline?: number): Promise<{ answer: string; trailers: Metadata }>;
  startUnary(request: string, done: (error: ServiceError | null) => void): ClientUnaryCall;
  collect(parts: readonly string[]): Promise<string>;
  list(count: number): Promise<string[]>;
  startList(request: string): ClientReadableStream<string>;
  chat(): ClientDuplexStream<string, string>;
  close(): void;
}

/** `deadline`: milliseconds from now. */
export function grpcClient(port: number): GrpcClient {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), LARGE);
  const { requestSerialize: write, responseDeserialize: read } = text;
  const startList = (request: string): ClientReadableStream<string> =>
    client.makeServerStreamRequest(ECHO.list.path, write, read, request);
  return {
    unary: (request, deadline) =>
      new Promise((resolve, reject) => {
        let trailers = new Metadata();
        const options = deadline === undefined ? {} : { deadline: Date.now() + deadline };
        client
          .makeUnaryRequest(ECHO.unary.path, write, read, request, options, (error, answer = '') =>
            error ? reject(error) : setImmediate(() => resolve({ answer, trailers })),
          )
          .on('status', (given) => (trailers = given.metadata));
      }),
    startUnary: (request, done) =>
      client.makeUnaryRequest(ECHO.unary.path, write, read, request, (error) => done(error)),
    collect: (parts) =>
      new Promise((resolve, reject) => {
        const call: ClientWritableStream<string> = client.makeClientStreamRequest(
          ECHO.collect.path,
          write,
          read,
          (error: ServiceError | null, answer = '') => (error ? reject(error) : resolve(answer)),
        );
        for (const part of parts) call.write(part);
        call.end();
      }),
    startList,
    list: (count) =>
      new Promise((resolve, reject) => {
        const found: string[] = [];
        const call = startList(String(count));
        call.on('data', (part: string) => found.push(part));
        call.on('error', reject);
        call.on('end', () => resolve(found));
      }),
    chat: () => client.makeBidiStreamRequest(ECHO.chat.path, write, read),
    close: () => client.close(),
  };
}

export { status as grpcStatus };
