/** Builds an image from a folder. */
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import type { ImageBuildOptions } from 'dockerode';
import type { ContainerBuild } from '../../spec/mesh.ts';
import { registriesOf } from './base-images.ts';
import { buildContext, isRemote } from './build-context.ts';
import { allCredentials } from './credentials.ts';
import { dockerFolder, readDockerConfig } from './docker-config.ts';
import { pingHeaders } from './ping.ts';
import { followProgress } from './progress-stream.ts';
import type { ProgressLine } from './progress-stream.ts';

export interface BuildOptions {
  /** The image's name. */
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What the build says, line by line. */
  onOutput(line: string): void;
}

/** Lines of the output that explain a failure. */
const LAST_LINES = 5;

/** @throws Error that names the image, with the engine's reason and the last lines of the output */
export async function buildImage(
  docker: Docker,
  build: ContainerBuild,
  { image, labels, onOutput }: BuildOptions,
): Promise<void> {
  const last: string[] = [];
  const say = (line: string): void => {
    last.push(line);
    if (last.length > LAST_LINES) last.shift();
    onOutput(line);
  };
  try {
    const stream = await send(docker, build, buildOptions(build, image, labels));
    await followProgress(docker, stream, (line) => {
      for (const text of linesOf(line)) say(text);
    });
  } catch (error) {
    throw new Error(explainBuild(image, (error as Error).message, last), { cause: error });
  }
}

async function send(
  docker: Docker,
  build: ContainerBuild,
  options: ImageBuildOptions,
): Promise<NodeJS.ReadableStream> {
  const builder = await builderOf(docker);
  if (isRemote(build.context)) {
    const dockerfile = build.dockerfile === undefined ? {} : { dockerfile: build.dockerfile };
    const remote = { ...options, ...builder, ...dockerfile, remote: build.context };
    // There is nothing to send; the library asks for something.
    return docker.buildImage(Readable.from([]), remote);
  }
  const { archive, dockerfile, text } = await buildContext(build);
  const known = await credentialsOf(registriesOf(text, build.args), 'version' in builder);
  return docker.buildImage(archive, { ...options, ...builder, ...known, dockerfile });
}

/** BuildKit where the engine says that it is its builder: newer Dockerfiles need it. */
async function builderOf(docker: Docker): Promise<{ version?: '2' }> {
  const headers = await pingHeaders(docker);
  return headers['builder-version'] === '2' ? { version: '2' } : {};
}

/**
 * Of the registries that the Dockerfile's base images come from. BuildKit is given one user by the
 * library, whichever registry asks: so it gets one only where there is one registry.
 */
async function credentialsOf(
  registries: readonly string[],
  isBuildKit: boolean,
): Promise<Pick<ImageBuildOptions, 'authconfig' | 'registryconfig'>> {
  const config = readDockerConfig(dockerFolder());
  const known = await allCredentials(config, registries);
  if (!isBuildKit) return { registryconfig: known as never };
  const [only] = Object.values(known);
  return registries.length === 1 && only ? { authconfig: only as never } : {};
}

/** In the words of the API. Pure. */
export function buildOptions(
  build: ContainerBuild,
  image: string,
  labels: Readonly<Record<string, string>>,
): ImageBuildOptions {
  const { target, network, platform, shmSize } = build;
  return {
    // A list is a repeated key to the library, as the engine takes it.
    t: [image, ...build.tags],
    buildargs: build.args,
    labels: { ...build.labels, ...labels },
    rm: true,
    forcerm: true,
    nocache: build.noCache,
    ...(build.cacheFrom.length > 0 && { cachefrom: build.cacheFrom }),
    ...(build.extraHosts.length > 0 && {
      extrahosts: build.extraHosts.map(({ name, address }) => `${name}:${address}`).join(','),
    }),
    ...(build.pull && { pull: 'true' }),
    ...(target !== undefined && { target }),
    ...(network !== undefined && { networkmode: network }),
    ...(platform !== undefined && { platform }),
    ...(shmSize !== undefined && { shmsize: shmSize }),
  } as unknown as ImageBuildOptions;
}

function linesOf({ stream, status, id }: ProgressLine): string[] {
  const told = status === undefined ? '' : `${id === undefined ? '' : `${id}: `}${status}`;
  return (stream ?? told)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

/** Pure. */
export function explainBuild(image: string, said: string, last: readonly string[]): string {
  const reason = said.trim();
  const output = last.length === 0 ? '' : ` (${last.join(' | ')})`;
  if (/no space left/i.test(`${reason} ${output}`)) {
    return `image ${image} cannot be built: the engine's disk is full: make room with "docker system prune"`;
  }
  return `image ${image} cannot be built: ${reason}${output}`;
}
