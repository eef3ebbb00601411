/** The mesh that `faultline ui` runs; another one may take its place. */
import { rmSync } from 'node:fs';
import type { Engine } from '../../engine/engine.ts';
import { formatProblem } from '../../spec/document/format.ts';
import { CommandFailed, ExitCode } from '../exit-code.ts';
import { paint, print } from '../output.ts';
import { readMeshFile } from '../read-mesh-file.ts';
import { runMesh } from './run.ts';
import type { RunOptions, RunningMesh } from './run.ts';
import { startSummary } from './summary.ts';

export class ShownMesh {
  /** Never resolves; rejects where no mesh runs any more, since the former could not be run again. */
  readonly lost: Promise<never>;
  #lose: (error: unknown) => void = () => undefined;
  #options: RunOptions;
  #running: RunningMesh;
  #stopSummary: () => void;
  /** One change at a time. */
  #changes: Promise<unknown> = Promise.resolve();
  /** The change that was asked for last, until it is made. */
  #latest: { readonly file: string; readonly made: Promise<string | undefined> } | undefined;

  private constructor(options: RunOptions, running: RunningMesh) {
    this.#options = options;
    this.#running = running;
    this.#stopSummary = present(running);
    this.lost = new Promise((_resolve, reject) => (this.#lose = reject));
  }

  /** @throws CommandFailed where it cannot be run */
  static async start(options: RunOptions): Promise<ShownMesh> {
    return new ShownMesh(options, await runMesh(options));
  }

  get appUrl(): string {
    return this.#running.api.url;
  }

  /**
   * Runs the document of `file` (absolute) instead. Where it cannot be run, the former one goes on,
   * or runs again, and the reason is given. A file that is asked for again while its change is under
   * way (a double click) is not run twice.
   */
  change(file: string): Promise<string | undefined> {
    if (this.#latest?.file === file) return this.#latest.made;
    const made = this.#changes.then(() => this.#change(file));
    const latest = { file, made };
    this.#latest = latest;
    this.#changes = made.finally(() => {
      if (this.#latest === latest) this.#latest = undefined;
    });
    return made;
  }

  async close(): Promise<void> {
    await this.#changes;
    await this.#stop();
  }

  async #change(file: string): Promise<string | undefined> {
    const broken = problemsOf(file);
    if (broken !== undefined) return broken;
    const former = this.#options;
    await this.#stop();
    try {
      await this.#run({ ...former, file });
      return undefined;
    } catch (error) {
      if (!(error instanceof CommandFailed)) this.#lose(error);
      else await this.#run(former).catch(this.#lose);
      return (error as Error).message;
    }
  }

  async #stop(): Promise<void> {
    this.#stopSummary();
    await this.#running.close();
    rmSync(this.#running.trustBundle, { force: true });
  }

  async #run(options: RunOptions): Promise<void> {
    this.#running = await runMesh(options);
    this.#options = options;
    this.#stopSummary = present(this.#running);
  }
}

/** Why the document cannot be run; undefined where it can. The mesh that runs is not touched. */
function problemsOf(file: string): string | undefined {
  try {
    const { result, textOf } = readMeshFile(file);
    return result.ok
      ? undefined
      : result.problems.map((problem) => formatProblem(problem, textOf(problem.file))).join('\n');
  } catch (error) {
    if (error instanceof CommandFailed && error.exitCode === ExitCode.USAGE) return error.message;
    throw error;
  }
}

/** Prints the addresses, then what happens. Returns what ends that. */
function present({ engine, api }: RunningMesh): () => void {
  print(`gateway  ${[engine.gatewayUrl, engine.gatewayTlsUrl].filter(Boolean).join('  ')}`);
  print(`app      ${api.url}`);
  void engine.settled().then(() => print(readyLine(engine)));
  return startSummary(engine);
}

function readyLine(engine: Engine): string {
  const all = engine.instances();
  const ready = all.filter(({ status }) => status === 'ready').length;
  const text = `${ready} of ${all.length} instances are ready`;
  return paint(ready === all.length ? 'green' : 'red', text, process.stdout);
}
