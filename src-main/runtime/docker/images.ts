/** Sees that the engine has the image of a workload: built, pulled, or there already. */
import type Docker from 'dockerode';
import type { ImageInspectInfo } from 'dockerode';
import type { ContainerWorkload } from '../../spec/mesh.ts';
import { buildImage } from './build.ts';
import { pullImage } from './pull.ts';

export interface ImageWatcher {
  /** What is done now, as the end of a sentence: `pulling postgres:16: 3 of 9 layers`. */
  onProgress(text: string): void;
  /** What a build says. */
  onOutput(line: string): void;
}

/** An image that the engine has. */
export interface ReadyImage {
  /** What containers are made from: its id, so that a name that moves on changes nothing. */
  readonly id: string;
  readonly name: string;
  /** TCP ports that it exposes, lowest first. */
  readonly ports: readonly number[];
  readonly hasHealthcheck: boolean;
  readonly env: readonly string[];
}

export class Images {
  readonly #labels: Readonly<Record<string, string>>;
  /** By all that makes it: ten replicas build one image once, and so do two services. */
  readonly #making = new Map<string, Promise<void>>();

  /** `labels`: of images that are built. */
  constructor(labels: Readonly<Record<string, string>>) {
    this.#labels = labels;
  }

  /** @throws Error that names the image and says what is wrong */
  async ensure(
    docker: Docker,
    workload: ContainerWorkload,
    watcher: ImageWatcher,
  ): Promise<ReadyImage> {
    const { image, platform } = workload;
    const before = await inspect(docker, image);
    const isMade = before !== undefined && workload.pull !== 'always' && workload.pull !== 'build';
    if (!isMade) await this.#make(docker, workload, before !== undefined, watcher);
    const found = isMade ? before : await inspect(docker, image);
    if (!found) throw new Error(`image ${image} is not there${platform ? ` for ${platform}` : ''}`);
    return readyImage(image, found);
  }

  /** What is being made is not waited for any more. */
  forget(): void {
    this.#making.clear();
  }

  async #make(
    docker: Docker,
    workload: ContainerWorkload,
    isThere: boolean,
    watcher: ImageWatcher,
  ): Promise<void> {
    const { image, build, platform, pull } = workload;
    if (!build && pull === 'never') {
      throw new Error(`image ${image} is not there, and it is not to be pulled: pull or build it`);
    }
    const key = JSON.stringify([image, build, platform]);
    const running = this.#making.get(key);
    if (running) {
      watcher.onProgress(`waiting for image ${image}`);
      return running;
    }
    const made = this.#buildOrPull(docker, workload, isThere, watcher);
    this.#making.set(key, made);
    try {
      await made;
    } finally {
      if (this.#making.get(key) === made) this.#making.delete(key);
    }
  }

  async #buildOrPull(
    docker: Docker,
    { image, build, platform, pull }: ContainerWorkload,
    isThere: boolean,
    { onOutput, onProgress }: ImageWatcher,
  ): Promise<void> {
    if (build && (pull === 'build' || !isThere)) {
      onProgress(`building ${image}`);
      return buildImage(docker, build, { image, labels: this.#labels, onOutput });
    }
    try {
      onProgress(`pulling ${image}`);
      await pullImage(docker, image, {
        platform,
        onProgress: (progress) => onProgress(`pulling ${image}: ${String(progress)}`),
      });
    } catch (error) {
      // It was only asked for anew: what is there does.
      if (!isThere) throw error;
      onOutput(`${(error as Error).message}; the image that is here is used`);
    }
  }
}

/** Undefined where the engine has none of this name. @throws Error of the engine */
async function inspect(docker: Docker, image: string): Promise<ImageInspectInfo | undefined> {
  try {
    return await docker.getImage(image).inspect();
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}

/** Pure. */
export function readyImage(name: string, info: ImageInspectInfo): ReadyImage {
  const {
    ExposedPorts = {},
    Healthcheck,
    Env,
  } = info.Config as {
    ExposedPorts?: Record<string, unknown> | null;
    Healthcheck?: { Test?: readonly string[] } | null;
    Env?: readonly string[] | null;
  };
  const test = Healthcheck?.Test ?? [];
  return {
    id: info.Id,
    name,
    ports: Object.keys(ExposedPorts ?? {})
      .filter((port) => !port.endsWith('/udp') && !port.endsWith('/sctp'))
      .map((port) => Number.parseInt(port, 10))
      .sort((a, b) => a - b),
    hasHealthcheck: test.length > 0 && test[0] !== 'NONE',
    env: Env ?? [],
  };
}
