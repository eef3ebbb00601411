/** The output of a container, line by line, as it is written. */
import type { Readable } from 'node:stream';
import type { Container } from 'dockerode';
import { LineSplitter } from '../process/line-splitter.ts';
import { Demultiplexer } from './pods/demultiplexer.ts';

export interface LogOptions {
  /** A terminal has one stream for both. */
  readonly tty: boolean;
  /** Seconds of the engine's clock: what was written before is not wanted. */
  readonly since: string;
  onLine(stream: 'stdout' | 'stderr', line: string): void;
}

/**
 * Follows the output until the container ends.
 * @returns resolves when all of it has been given; never rejects: without the engine there is no more
 */
export async function followLogs(
  container: Container,
  { tty, since, onLine }: LogOptions,
): Promise<void> {
  const stdout = new LineSplitter((line) => onLine('stdout', line));
  const stderr = new LineSplitter((line) => onLine('stderr', line));
  const stream = (await container.logs({
    follow: true,
    stdout: true,
    stderr: true,
    since: since as never,
  })) as unknown as Readable;
  const channels = new Demultiplexer({
    onStdout: (part) => stdout.push(part),
    onStderr: (part) => stderr.push(part),
  });
  stream.on('data', (chunk: Buffer) => (tty ? stdout.push(chunk) : channels.push(chunk)));
  await new Promise<void>((resolve) => {
    stream.on('close', resolve);
    // The engine has gone away: `close` comes too, and the connection says so.
    stream.on('error', () => resolve());
  });
  stdout.end();
  stderr.end();
}
