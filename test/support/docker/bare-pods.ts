/** Pods without a proxy: a network of their own and nothing more, for tests of the containers in them. */
import type Docker from 'dockerode';
import { removeContainer } from '../../../src-main/runtime/docker/clean-up.ts';
import type { EngineConnection } from '../../../src-main/runtime/docker/connection.ts';
import { labelsFor } from '../../../src-main/runtime/docker/labels.ts';
import type { Pod, Pods } from '../../../src-main/runtime/docker/pod.ts';

export interface BarePodsOptions {
  readonly image: string;
  readonly meshFile: string;
  readonly connection: EngineConnection;
}

export class BarePods implements Pods {
  readonly #options: BarePodsOptions;

  constructor(options: BarePodsOptions) {
    this.#options = options;
  }

  async create({ id }: { readonly id: string }): Promise<Pod> {
    const { connection, image, meshFile } = this.#options;
    const { docker } = await connection.engine();
    const container = await docker.createContainer({
      Image: image,
      Cmd: ['sleep', '1000'],
      Labels: labelsFor({ meshFile, role: 'sidecar', instance: id }),
      HostConfig: { Init: true, CapAdd: ['NET_ADMIN'] },
    });
    await container.start();
    let isRemoved = false;
    const lost = new Promise<string>((resolve) => {
      const tell = (): void => void (isRemoved || resolve('it ended'));
      connection.onLost(tell);
      void container.wait().then(tell, tell);
    });
    const { NetworkSettings } = await container.inspect();
    const host = Object.values(NetworkSettings.Networks)[0]?.IPAddress ?? '';
    const address = { host, port: 0 };
    const pod: Pick<Pod, 'networkMode' | 'addresses' | 'probe' | 'lost' | 'remove'> = {
      addresses: { host: address, pod: address },
      networkMode: `container:${container.id}`,
      lost,
      probe: async (_check, port) => {
        const script = `require('net').connect(${port}).on('connect', () => process.exit(0))`;
        const code = await exec(docker, container.id, ['node', '-e', script]);
        return code === 0 ? undefined : `nothing listens on port ${port}`;
      },
      async remove() {
        isRemoved = true;
        await removeContainer(docker, container.id);
      },
    };
    return pod as Pod;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Runs a program in a container. @returns its exit code */
export async function exec(docker: Docker, id: string, command: string[]): Promise<number> {
  const run = await docker
    .getContainer(id)
    .exec({ Cmd: command, AttachStdout: true, AttachStderr: true });
  const stream = await run.start({});
  stream.resume();
  await new Promise((resolve) => stream.once('close', resolve));
  return (await run.inspect()).ExitCode ?? -1;
}
