/** A docker runtime on the real engine, with bare pods, and all that it tells. */
import { systemClock } from '../../../src-main/base/clock.ts';
import { connectEngine } from '../../../src-main/runtime/docker/connect.ts';
import { EngineConnection } from '../../../src-main/runtime/docker/connection.ts';
import { DockerRuntime } from '../../../src-main/runtime/docker/docker-runtime.ts';
import type { InstanceSpec } from '../../../src-main/runtime/instance.ts';
import type { InstanceReport, InstanceUsage } from '../../../src-main/runtime/runtime.ts';
import type { ContainerWorkload, HealthCheck, Service } from '../../../src-main/spec/mesh.ts';
import { eventually } from '../eventually.ts';
import { BarePods } from './bare-pods.ts';
import { PLAIN_WORKLOAD } from './plain-workload.ts';

/** Of tests: ended fast. */
const PLAIN: ContainerWorkload = {
  ...PLAIN_WORKLOAD,
  image: 'unknown',
  init: true,
  stopGrace: 2_000,
};

const HEALTH: HealthCheck = {
  interval: 200,
  timeout: 1000,
  startTimeout: 10_000,
  unhealthyThreshold: 2,
};

export interface SpecOptions {
  readonly port?: number;
  readonly health?: Partial<HealthCheck>;
  readonly hasOwnClock?: boolean;
}

/** An instance `<name>-v1-0`. */
export function specOf(
  name: string,
  workload: Partial<ContainerWorkload>,
  { port = 0, health = {}, hasOwnClock }: SpecOptions = {},
): InstanceSpec {
  const version = {
    name: 'v1',
    replicas: 1,
    port,
    health: { ...HEALTH, ...health },
    workload: { ...PLAIN, ...workload },
  };
  const service: Service = { name, calls: [], versions: [version] };
  return { id: `${name}-v1-0`, service, version, index: 0, ...(hasOwnClock && { hasOwnClock }) };
}

let meshes = 0;

/** Of a mesh that no other test has. */
function nextMeshFile(): string {
  return `/test/${process.pid}/${++meshes}.yaml`;
}

export class ContainerBench {
  readonly reports: InstanceReport[] = [];
  readonly logs: string[] = [];
  readonly events: string[] = [];
  usage: Readonly<Record<string, InstanceUsage>> = {};
  readonly meshFile: string;
  readonly connection: EngineConnection;
  readonly runtime: DockerRuntime;

  /** `image`: of the pods. `env`: where the engine is. */
  constructor(image: string, meshFile = nextMeshFile(), env: NodeJS.ProcessEnv = process.env) {
    this.meshFile = meshFile;
    const note = (what: string): void => void this.events.push(what);
    this.connection = new EngineConnection({
      clock: systemClock,
      connect: () => connectEngine(env),
      onLost: (reason) => note(`lost: ${reason}`),
      onBack: () => note('back'),
    });
    this.runtime = new DockerRuntime({
      clock: systemClock,
      meshFile,
      connection: this.connection,
      pods: new BarePods({ image, meshFile, connection: this.connection }),
      events: {
        onReport: (report) => void this.reports.push(report),
        onLog: (id, stream, line) => void this.logs.push(`${id} ${stream} ${line}`),
        onEvent: (severity, message) => note(`${severity} ${message}`),
        onUsage: (usage) => void (this.usage = usage),
        onPod: () => Promise.resolve(),
        onPodGone: () => undefined,
      },
    });
  }

  /** Starts it; what it calls is nothing. */
  start(spec: InstanceSpec): string {
    this.runtime.start(spec, { port: spec.version.port, callees: {} });
    return spec.id;
  }

  last(id: string): InstanceReport | undefined {
    return this.reports.filter((report) => report.id === id).at(-1);
  }

  /** Waits until it is so, and gives the report. */
  until(id: string, status: InstanceReport['status'], within = 15_000): Promise<InstanceReport> {
    return eventually(
      () => {
        const last = this.last(id);
        if (last?.status !== status) {
          throw new Error(`${id} is ${last?.status}: ${last?.reason}`);
        }
        return last;
      },
      { within },
    );
  }

  async close(): Promise<void> {
    await this.runtime.close();
  }
}
