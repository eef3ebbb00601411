/** Makes pods on a container engine: the network once, the image once, then a sidecar for each. */
import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import type { Container } from 'dockerode';
import type { Clock, Timer } from '../../../base/clock.ts';
import type { Milliseconds } from '../../../base/units.ts';
import type { Service } from '../../../spec/mesh.ts';
import type { InstanceSpec } from '../../instance.ts';
import type { Pod, Pods } from '../pod.ts';
import { createNetwork, removeNetwork } from './network.ts';
import type { MeshNetwork } from './network.ts';
import { PodLine } from './pod-line.ts';
import type { SidecarImage } from './sidecar-image.ts';
import { sidecarOptions } from './sidecar-options.ts';
import { SidecarPod, addressesOf, isGone } from './sidecar-pod.ts';

export interface ContainerPodsOptions {
  readonly clock: Clock;
  /** The engine to use now. @throws Error that says why there is none */
  docker(): Promise<Docker>;
  readonly image: SidecarImage;
  /** Ends the names of all that is made: of this run of this mesh alone. */
  readonly suffix: string;
  labels(role: 'sidecar' | 'network', instance?: string): Readonly<Record<string, string>>;
  /** An instance's proxy could not tell of so many requests. */
  onHopsLost(id: string, count: number): void;
}

/** For a sidecar to say that it is ready, on a machine that is out of breath. */
const PATIENCE: Milliseconds = 20_000;

export class ContainerPods implements Pods {
  readonly #options: ContainerPodsOptions;
  #network: Promise<MeshNetwork> | undefined;

  constructor(options: ContainerPodsOptions) {
    this.#options = options;
  }

  async create(spec: InstanceSpec): Promise<Pod> {
    const docker = await this.#options.docker();
    const [image, network] = await Promise.all([
      this.#options.image.ensure(docker),
      this.#ensureNetwork(docker),
    ]);
    const container = await this.#createContainer(docker, spec, image, network);
    try {
      return await this.#start(container, spec, network);
    } catch (error) {
      await discard(container);
      throw error;
    }
  }

  async close(): Promise<void> {
    const network = await this.#network?.catch(() => undefined);
    this.#network = undefined;
    if (network) await removeNetwork(await this.#options.docker(), network.name);
  }

  #ensureNetwork(docker: Docker): Promise<MeshNetwork> {
    const { suffix, labels } = this.#options;
    this.#network ??= createNetwork(docker, `faultline-${suffix}`, labels('network'));
    this.#network.catch(() => (this.#network = undefined));
    return this.#network;
  }

  async #createContainer(
    docker: Docker,
    { id, service, version }: InstanceSpec,
    image: string,
    network: MeshNetwork,
  ): Promise<Container> {
    if (version.workload.runtime !== 'docker') throw new Error(`${id} is no container`);
    const { suffix, labels } = this.#options;
    const name = `faultline-${id}-sidecar-${suffix}`;
    const around = {
      name,
      image,
      network: network.name,
      portCount: portsOf(service).length + 1,
      labels: labels('sidecar', id),
    };
    const options = sidecarOptions(version.workload, around);
    try {
      return await docker.createContainer(options);
    } catch (error) {
      // An earlier one of this instance, which could not be removed: the engine was away.
      if ((error as { statusCode?: number }).statusCode !== 409) throw error;
      await discard(docker.getContainer(name));
      return docker.createContainer(options);
    }
  }

  /** Attached before it is started: nothing that it says is missed. */
  async #start(
    container: Container,
    { id, service }: InstanceSpec,
    network: MeshNetwork,
  ): Promise<Pod> {
    const channels = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
    const stream = (await container.attach(channels)) as Duplex;
    let tellEnd = (): void => {};
    const ended = new Promise<void>((resolve) => (tellEnd = resolve));
    const onHopsLost = (count: number): void => this.#options.onHopsLost(id, count);
    const line = new PodLine(stream, { onHopsLost, onEnd: tellEnd }, this.#options.clock);
    try {
      await container.start();
      await this.#untilReady(line);
      const morePorts = portsOf(service);
      const info = await container.inspect();
      const addresses = [0, ...morePorts].map((_, i) => addressesOf(info, network.name, i));
      return new SidecarPod({ container, line, network, addresses, morePorts, ended });
    } catch (error) {
      line.close();
      throw error;
    }
  }

  async #untilReady(line: PodLine): Promise<void> {
    let timer: Timer | undefined;
    const late = new Promise<never>((_, reject) => {
      const why = `the sidecar did not say within ${PATIENCE} ms that it is ready`;
      timer = this.#options.clock.after(PATIENCE, () => reject(new Error(why)));
    });
    try {
      await Promise.race([line.ready, late]);
    } finally {
      timer?.cancel();
    }
  }
}

/** Besides the first. */
function portsOf({ ports = [] }: Service): number[] {
  return ports.map(({ port }) => port);
}

/** What went wrong before is what counts. */
async function discard(container: Container): Promise<void> {
  try {
    await container.remove({ force: true });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
