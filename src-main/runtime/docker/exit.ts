/** Why a container has ended, in words; and whether it is to be started again. Pure. */
import type { Bytes } from '../../base/units.ts';
import type { ContainerWorkload } from '../../spec/mesh.ts';

export interface ContainerExit {
  readonly code: number;
  /** The kernel ended it since there was no more memory for it. */
  readonly isOutOfMemory: boolean;
  /** What the engine could not do: run the command, mount a folder. */
  readonly error?: string;
}

/** Signals that programs are ended by, by number: a shell's `128 + number` is a container's exit code. */
const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM',
};
const MIB = 1024 * 1024;

/** As the end of a sentence that begins with the instance's name. */
export function explainExit(exit: ContainerExit, memory: Bytes | undefined): string {
  const { code, error, isOutOfMemory } = exit;
  if (isOutOfMemory) {
    const limit = memory === undefined ? '' : ` of its limit, ${Math.round(memory / MIB)} MiB,`;
    return `ran out of memory: the kernel killed it when no more${limit} was left (exit code ${code})`;
  }
  if (error !== undefined && error !== '') return `could not run: ${error}`;
  const signal = SIGNALS[code - 128];
  if (signal !== undefined) return `was ended by ${signal} (exit code ${code})`;
  if (code === 126) return 'exited with code 126: its command may not be executed';
  if (code === 127) return 'exited with code 127: its command was not found in the image';
  return `exited with code ${code}`;
}

/** What comes after an exit that nobody has asked for. */
export type AfterExit = 'restart' | 'completed' | 'failed';

/** By the Compose Specification's `restart`; `failures`: exits with an error in a row, this one included. */
export function afterExit(
  { policy, attempts }: ContainerWorkload['restart'],
  { code }: ContainerExit,
  failures: number,
): AfterExit {
  switch (policy) {
    case 'always':
    case 'unlessStopped':
      return 'restart';
    case 'onFailure':
      if (code === 0) return 'completed';
      return attempts === undefined || failures <= attempts ? 'restart' : 'failed';
    case 'no':
      return code === 0 ? 'completed' : 'failed';
  }
}
