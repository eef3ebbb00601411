/** The engine's answers that go on for a while: a JSON text a line, and what BuildKit packs into some. */
import type Docker from 'dockerode';

/** What any of the lines may say. */
export interface ProgressLine {
  readonly stream?: string;
  readonly status?: string;
  readonly id?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly error?: string;
}

/** Part of the library, but not of its published types. */
interface Follower {
  followProgress(
    stream: NodeJS.ReadableStream,
    onFinished: (error: Error | null) => void,
    onProgress: (line: ProgressLine) => void,
  ): void;
}

/**
 * Calls `onLine` with each until the end.
 * @throws Error with what the engine says went wrong: a line says so, its status was sent long before
 */
export function followProgress(
  docker: Docker,
  stream: NodeJS.ReadableStream,
  onLine: (line: ProgressLine) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: string | undefined;
    const finish = (error: Error | null): void => {
      if (error) reject(error);
      else if (failure !== undefined) reject(new Error(failure));
      else resolve();
    };
    (docker as unknown as Follower).followProgress(stream, finish, (line) => {
      failure ??= line.error;
      onLine(line);
    });
  });
}
