/**
 * Connections to an engine through the user's own `ssh`, as Docker's command makes them: so that keys,
 * agents, jump hosts and known hosts are those of `~/.ssh/config`, and no password passes through us.
 */
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';
import type { Readable, Writable } from 'node:stream';
import type { EngineAddress } from './engine-address.ts';

type SshAddress = Extract<EngineAddress, { kind: 'ssh' }>;

/** The arguments of `ssh`; no question is ever asked, since nobody could answer it. Pure. */
export function sshArguments({ destination, port, socket }: SshAddress): string[] {
  return [
    ...['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=30', '-T'],
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...['--', destination, 'docker'],
    ...(socket === undefined ? [] : ['--host', `unix://${socket}`]),
    ...['system', 'dial-stdio'],
  ];
}

/** One `ssh` for each connection. */
export class SshAgent extends Agent {
  readonly #address: SshAddress;

  constructor(address: SshAddress) {
    super({ keepAlive: false });
    this.#address = address;
  }

  override createConnection(): Duplex {
    return new ProgramConnection('ssh', sshArguments(this.#address));
  }
}

/** Bytes to and from a program; what it says on stderr explains why it ended. */
class ProgramConnection extends Duplex {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  #complaint = '';

  constructor(program: string, args: readonly string[]) {
    super({ allowHalfOpen: true });
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    const { stdin, stdout, stderr } = this.#child;
    stdout.on('data', (chunk: Buffer) => void (this.push(chunk) || stdout.pause()));
    stderr.on('data', (chunk: Buffer) => (this.#complaint += chunk.toString()));
    // Its exit says why.
    stdin.on('error', () => undefined);
    this.#child.on('error', (error) => this.destroy(error));
    this.#child.on('close', (code) => this.#onClose(code));
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#child.stdin.write(chunk, (error) => done(error));
  }

  override _final(done: () => void): void {
    this.#child.stdin.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.kill();
    done(error);
  }

  // Node's client asks these of what it takes for a socket.
  setTimeout(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  #onClose(code: number | null): void {
    if (code === 0) this.push(null);
    else this.destroy(new Error(this.#complaint.trim() || `ssh ended with code ${code}`));
  }
}
