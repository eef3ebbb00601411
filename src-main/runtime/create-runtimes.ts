/** Every runtime there is, for one mesh. */
import { systemChance } from '../base/chance.ts';
import type { Clock } from '../base/clock.ts';
import { builtFile } from './built-files.ts';
import { createDockerRuntime } from './docker/create-docker-runtime.ts';
import { FreePorts } from './free-ports.ts';
import { ProcessRuntime } from './process/process-runtime.ts';
import type { RuntimeEvents } from './runtime.ts';
import { Runtimes } from './runtimes.ts';
import { StartOrder } from './start-order.ts';
import { StubRuntime } from './stub/stub-runtime.ts';

export interface RuntimesOptions {
  readonly clock: Clock;
  readonly events: RuntimeEvents;
  /** The mesh's file: what a crashed run left behind is found by it. */
  readonly meshFile: string;
  /** The guardian has died: a crash of the engine would now leave processes until the next start. */
  onGuardianLost(reason: string): void;
}

export function createRuntimes(options: RuntimesOptions): Runtimes {
  const order = new StartOrder((report) => options.events.onReport(report));
  const events: RuntimeEvents = {
    ...options.events,
    onReport(report) {
      order.onReport(report);
      options.events.onReport(report);
    },
  };
  const shared = { ...options, events, ports: new FreePorts(systemChance) };
  const byKind = {
    process: new ProcessRuntime(shared),
    docker: createDockerRuntime(shared),
    stub: new StubRuntime({ ...shared, workerEntry: () => builtFile('stubs.js') }),
  };
  return new Runtimes(byKind, order);
}
