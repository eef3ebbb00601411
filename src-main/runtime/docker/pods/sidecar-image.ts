/** The image of sidecars, made on the spot from the project's own bundle. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type Docker from 'dockerode';
import { sidecarFiles } from './sidecar-files.ts';

/** Node, and nearly nothing else. */
export const DEFAULT_BASE = 'node:22-alpine';
const FOLDER = '/faultline';

/**
 * A sidecar is small because V8 is told to be: a young generation of half a megabyte, one thread for
 * compilation and for files, an old generation far below the container's limit.
 */
const NODE_FLAGS = [
  '--max-semi-space-size=1',
  '--max-old-space-size=20',
  '--v8-pool-size=1',
  '--no-warnings',
];

/** Where the base has nft nothing is installed, so that no network is needed. */
const INSTALL = [
  'command -v nft',
  '(command -v apk && apk add --no-cache nftables iproute2-tc)',
  '(command -v apt-get && apt-get update && apt-get install -y --no-install-recommends nftables iproute2 && rm -rf /var/lib/apt/lists/*)',
  'echo "nft cannot be installed: sidecars do with iptables, or without"',
].join(' || ');

export interface SidecarImageOptions {
  /** The built program: `out/main/pod.js`. */
  entry(): string;
  /** An image with Node 20 or later. */
  readonly base: string;
  /** What it is at. */
  onProgress(line: string): void;
}

export class SidecarImage {
  readonly #options: SidecarImageOptions;
  #made: Promise<string> | undefined;

  constructor(options: SidecarImageOptions) {
    this.#options = options;
  }

  /** Its name; made where the engine does not have it yet. @throws Error that says what to do */
  ensure(docker: Docker): Promise<string> {
    this.#made ??= this.#make(docker);
    this.#made.catch(() => (this.#made = undefined));
    return this.#made;
  }

  async #make(docker: Docker): Promise<string> {
    const { entry, base, onProgress } = this.#options;
    const files = await sidecarFiles(entry());
    const dockerfile = dockerfileFor(base);
    const tag = `faultline-sidecar:${hashOf(dockerfile, files)}`;
    if (await hasImage(docker, tag)) return tag;
    onProgress(`building the image of sidecars on ${base}`);
    const folder = await mkdtemp(join(tmpdir(), 'faultline-sidecar-'));
    try {
      await writeContext(folder, dockerfile, files);
      await build(docker, folder, tag, onProgress);
    } catch (error) {
      const advice =
        'set FAULTLINE_SIDECAR_BASE (or --sidecar-base) to an image with Node 20 or later that the engine has or can pull';
      throw new Error(
        `the image of sidecars cannot be made: ${(error as Error).message}; ${advice}`,
        {
          cause: error,
        },
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return tag;
  }
}

export function dockerfileFor(base: string): string {
  const command = ['node', ...NODE_FLAGS, `${FOLDER}/pod.js`];
  return [
    `FROM ${base}`,
    'USER 0:0',
    `RUN ${INSTALL}`,
    `COPY sidecar ${FOLDER}`,
    'ENV NODE_ENV=production UV_THREADPOOL_SIZE=1',
    `ENTRYPOINT ${JSON.stringify(command)}`,
    '',
  ].join('\n');
}

function hashOf(dockerfile: string, files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256').update(dockerfile);
  for (const [name, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name}\n${text}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

async function hasImage(docker: Docker, tag: string): Promise<boolean> {
  try {
    await docker.getImage(tag).inspect();
    return true;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return false;
    throw error;
  }
}

async function writeContext(
  folder: string,
  dockerfile: string,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  // The bundle consists of modules, whatever the extension says by itself.
  const all = new Map([...files, ['package.json', '{ "type": "module" }\n']]);
  await writeFile(join(folder, 'Dockerfile'), dockerfile);
  for (const [name, text] of all) {
    const path = join(folder, 'sidecar', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

/** What a build is at; its output says more than anybody wants to read. */
const STEP = /^Step \d+\/\d+ : \w+/;

interface BuildLine {
  readonly stream?: string;
  readonly error?: string;
}

async function build(
  docker: Docker,
  context: string,
  tag: string,
  onProgress: (line: string) => void,
): Promise<void> {
  const source = { context, src: ['Dockerfile', 'sidecar'] };
  const output = await docker.buildImage(source, { t: tag, rm: true, forcerm: true });
  let failure: string | undefined;
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(
      output,
      (error) => (error ? reject(error) : resolve()),
      ({ stream, error }: BuildLine) => {
        failure ??= error;
        const step = STEP.exec(stream ?? '')?.[0];
        if (step !== undefined) onProgress(`the image of sidecars: ${step}`);
      },
    );
  });
  if (failure !== undefined) throw new Error(failure);
}
