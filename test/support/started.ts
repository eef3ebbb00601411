/** A command that runs on until it is told to stop, with all that it says. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from './eventually.ts';

export interface Started {
  readonly process: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** What the pattern's first group matches in standard output, once it does. */
  said(pattern: RegExp): Promise<string>;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
  close(): Promise<void>;
}

/** Starts a program in a process group of its own, so that a test can press Ctrl-C. */
export function startCommand(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Started {
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'exit').then(
    ([code, signal]) => (code ?? signal) as number | string | null,
  );
  const said = (pattern: RegExp): Promise<string> =>
    eventually(
      () => {
        const found = pattern.exec(stdout)?.[1];
        if (found === undefined) throw new Error(`it said: ${stdout}\n${stderr}`);
        return found;
      },
      { within: 20_000 },
    );
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  };
  return { process: child, stdout: () => stdout, stderr: () => stderr, said, ended, close };
}

/** As the terminal does at Ctrl-C: the whole group hears it. */
export function pressControlC({ process: { pid } }: Started): void {
  if (pid !== undefined) process.kill(-pid, 'SIGINT');
}
