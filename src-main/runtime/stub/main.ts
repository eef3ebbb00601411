/** Entry of the stubs' worker: a thread of their own, so that neither proxy nor engine waits for them. */
import { parentPort } from 'node:worker_threads';
import { systemChance } from '../../base/chance.ts';
import { systemClock } from '../../base/clock.ts';
import { CalleeClient } from './callee-client.ts';
import type { FromStubWorker, StubInstance, ToStubWorker } from './messages.ts';
import { StubServer } from './stub-server.ts';

function run(port: NonNullable<typeof parentPort>): void {
  const context = { clock: systemClock, chance: systemChance, client: new CalleeClient() };
  const servers = new Map<string, StubServer>();
  const send = (message: FromStubWorker): void => port.postMessage(message);

  const start = async (instance: StubInstance): Promise<void> => {
    const { id } = instance;
    const known = servers.get(id);
    known?.change(instance);
    const server = known ?? new StubServer(instance, context);
    servers.set(id, server);
    try {
      if (!known) await server.listen();
      send({ type: 'listening', id });
    } catch (error) {
      servers.delete(id);
      send({ type: 'failed', id, reason: (error as Error).message });
    }
  };

  const stop = async (id: string): Promise<void> => {
    const server = servers.get(id);
    servers.delete(id);
    await server?.close();
    send({ type: 'stopped', id });
  };

  port.on('message', (message: ToStubWorker) => {
    void (message.type === 'start' ? start(message.instance) : stop(message.id));
  });
}

if (!parentPort) throw new Error('this is the entry of a worker thread');
run(parentPort);
