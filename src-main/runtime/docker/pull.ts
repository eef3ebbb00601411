/** Fetches an image from its registry, with the user's credentials. */
import type Docker from 'dockerode';
import { credentialsFor } from './credentials.ts';
import { dockerFolder, readDockerConfig } from './docker-config.ts';
import { parseImageReference, pullParts } from './image-reference.ts';
import { followProgress } from './progress-stream.ts';
import { PullProgress } from './pull-progress.ts';

export interface PullOptions {
  readonly platform?: string | undefined;
  /** How far it has got, with each thing that the engine says. */
  onProgress(progress: PullProgress): void;
}

/** @throws Error that names the image, says what is wrong with it and what to do */
export async function pullImage(
  docker: Docker,
  image: string,
  { platform, onProgress }: PullOptions,
): Promise<void> {
  const { registry } = parseImageReference(image);
  const auth = await credentialsFor(registry, readDockerConfig(dockerFolder()));
  const progress = new PullProgress();
  try {
    const stream = await docker.createImage(auth ?? {}, {
      ...pullParts(image),
      ...(platform !== undefined && { platform }),
    });
    await followProgress(docker, stream, (line) => {
      progress.take(line);
      onProgress(progress);
    });
  } catch (error) {
    throw new Error(explainPull(image, registry, (error as Error).message), { cause: error });
  }
}

/** Registries and engines have many words for the same. Pure. */
export function explainPull(image: string, registry: string, said: string): string {
  const text = said.trim();
  if (/no space left/i.test(text)) {
    return `image ${image} cannot be pulled: the engine's disk is full: make room with "docker system prune"`;
  }
  if (/no matching manifest/i.test(text)) {
    return `image ${image} is not there for the engine's kind of processor: give a platform, or build it`;
  }
  if (/manifest unknown|not found|no such image|name unknown/i.test(text)) {
    return `image ${image} does not exist at ${registry}: see its name and tag, or build it`;
  }
  if (/denied|unauthorized|authentication required/i.test(text)) {
    return `image ${image} may not be pulled, or does not exist: see its name, or "docker login ${registry}"`;
  }
  if (/toomanyrequests|rate limit/i.test(text)) {
    return `${registry} gives no more images for now: "docker login ${registry}" raises its limit`;
  }
  if (
    /no such host|connection refused|i\/o timeout|timeout|dial tcp|network is unreachable/i.test(
      text,
    )
  ) {
    return `image ${image} is not here and ${registry} cannot be reached: see the network, or build the image (${text})`;
  }
  return `image ${image} cannot be pulled: ${text}`;
}
