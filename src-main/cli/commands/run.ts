/** What `up` and `ui` share: an engine with its door, from start to end. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApiServer } from '../../api/server.ts';
import type { ApiServer } from '../../api/server.ts';
import { systemClock } from '../../base/clock.ts';
import { defaultWorkerCount } from '../../control/worker-pool.ts';
import { MeshRefused } from '../../engine/document/document-store.ts';
import { Engine, StartFailed } from '../../engine/engine.ts';
import { createHandlers } from '../../engine/handlers.ts';
import { builtFile, packageFolder } from '../../runtime/built-files.ts';
import { cleanUpLeftovers } from '../../runtime/process/leftovers.ts';
import { stateFolder } from '../../runtime/process/run-record.ts';
import { formatProblem } from '../../spec/document/format.ts';
import type { RuntimeChoice } from '../../spec/document/normalize-workload.ts';
import { CommandFailed, ExitCode } from '../exit-code.ts';
import { say } from '../output.ts';
import { packageVersion } from '../package-version.ts';

export interface RunningMesh {
  readonly engine: Engine;
  readonly api: ApiServer;
  /** The file with the mesh's CA certificate. */
  readonly trustBundle: string;
  close(): Promise<void>;
}

export interface RunOptions {
  /** The document, absolute. */
  readonly file: string;
  /** Of the app; 0: any free one. */
  readonly port: number;
  /** Data plane threads; default by the machine's cores. */
  readonly workers?: number | undefined;
  /** How services run that say nothing of it, instead of what the document says. */
  readonly runtime?: RuntimeChoice | undefined;
}

/** @throws CommandFailed with everything that a person needs to know. */
export async function runMesh(options: RunOptions): Promise<RunningMesh> {
  for (const { meshFile, pids } of cleanUpLeftovers()) {
    say(`removed ${pids.length} processes that a crashed run of ${meshFile} had left behind`);
  }
  const engine = createEngine(options);
  const api = await openDoor(engine, options.port);
  const close = async (): Promise<void> => {
    await engine.close();
    await api.close();
  };
  engine.onDeltas((deltas) => api.broadcast(deltas));
  try {
    await engine.start();
  } catch (error) {
    await close();
    if (error instanceof StartFailed) throw new CommandFailed(ExitCode.NOT_STARTED, error.message);
    throw error;
  }
  return { engine, api, trustBundle: writeTrustBundle(engine), close };
}

function createEngine({ file, workers, runtime }: RunOptions): Engine {
  try {
    return new Engine({
      file,
      clock: systemClock,
      version: packageVersion(),
      workerEntry: builtFile('data-plane.js'),
      workers: workers ?? defaultWorkerCount(),
      runtime,
    });
  } catch (error) {
    if (error instanceof MeshRefused) {
      for (const problem of error.problems) say(formatProblem(problem, error.textOf(problem.file)));
      throw new CommandFailed(ExitCode.MESH_WRONG, `${file} has errors: nothing was started`);
    }
    throw error;
  }
}

async function openDoor(engine: Engine, port: number): Promise<ApiServer> {
  const rendererFolder = join(packageFolder(), 'out', 'renderer');
  try {
    return await createApiServer({
      port,
      rendererFolder,
      version: packageVersion(),
      handlers: createHandlers(engine),
      onError: (error) =>
        say(`engine: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === 'EADDRINUSE'
        ? `port ${port} of the app is in use: choose another with --port`
        : message;
    throw new CommandFailed(ExitCode.NOT_STARTED, why);
  }
}

/** For clients that want to speak to a sidecar themselves; a certificate is no secret. */
function writeTrustBundle(engine: Engine): string {
  const folder = join(stateFolder(), 'trust');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${engine.document.mesh.name}-${process.pid}.pem`);
  writeFileSync(file, engine.trustBundle);
  return file;
}
