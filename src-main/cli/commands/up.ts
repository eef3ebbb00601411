/** `faultline up`: runs a mesh without a window. */
import { rmSync } from 'node:fs';
import type { Delta, InstanceState } from '../../api/contract/index.ts';
import { meshPath } from '../mesh-path.ts';
import { paint, print } from '../output.ts';
import { untilToldToStop } from '../until-told.ts';
import { runMesh } from './run.ts';
import type { RunningMesh } from './run.ts';
import { startSummary } from './summary.ts';
import type { RuntimeChoice } from '../../spec/document/normalize-workload.ts';
import type { GatewayTcpRoute } from '../../spec/mesh.ts';

export interface UpOptions {
  readonly json?: boolean;
  readonly port: number;
  readonly workers?: number;
  readonly runtime?: RuntimeChoice;
}

export async function up(path: string, options: UpOptions): Promise<void> {
  const told = untilToldToStop();
  const { port, workers, runtime } = options;
  const running = await runMesh({ file: meshPath(path), port, workers, runtime });
  const settled = running.engine.settled();
  await Promise.race([settled, told]);
  const stop = options.json ? followAsJson(running) : followAsText(running);
  await told;
  stop();
  await running.close();
  rmSync(running.trustBundle, { force: true });
}

/** The one line that a program waits for, then a line for each event. */
function followAsJson({ engine, api, trustBundle }: RunningMesh): () => void {
  const instances = engine.instances();
  print(
    JSON.stringify({
      gateway: { url: engine.gatewayUrl, tls: engine.gatewayTlsUrl, tcp: engine.gatewayTcp },
      published: engine.published,
      app: { url: api.url },
      trustBundle,
      services: engine.document.mesh.services.map(({ name }) => ({
        name,
        instances: instances.filter(({ service }) => service === name).map(instanceLine),
      })),
    }),
  );
  engine.onDeltas((deltas) => {
    for (const delta of deltas) for (const line of eventLines(delta)) print(JSON.stringify(line));
  });
  return () => undefined;
}

function instanceLine(one: InstanceState): object {
  const { version, runtime, pid, inbound, spiffeId, status, reason } = one;
  const trouble = status === 'ready' ? {} : { status, reason };
  return { version, runtime, pid, inbound, spiffeId, ...trouble };
}

function eventLines(delta: Delta): object[] {
  if (delta.kind === 'event') return [{ event: delta.event.kind, ...delta.event, kind: undefined }];
  if (delta.kind !== 'instances') return [];
  return [
    ...delta.put.map(({ id, status, reason, restarts, pid, avoided }) => ({
      event: 'state',
      instance: id,
      status,
      reason,
      restarts,
      pid,
      avoided,
    })),
    ...delta.removed.map((id) => ({ event: 'state', instance: id, status: 'removed' })),
  ];
}

function tcpLine({ port, host, service }: GatewayTcpRoute): string {
  return `tcp://${host ?? '127.0.0.1'}:${port} to ${service}`;
}

function followAsText(running: RunningMesh): () => void {
  const { engine, api } = running;
  const { mesh } = engine.document;
  print(
    `${paint('bold', mesh.name, process.stdout)}: ${mesh.services.length} services, mTLS ${mesh.mtls}`,
  );
  print(`  gateway  ${engine.gatewayUrl}`);
  const tls = engine.gatewayTlsUrl;
  if (tls) print(`           ${tls}, of the CA in ${running.trustBundle}`);
  for (const one of engine.gatewayTcp) print(`           ${tcpLine(one)}`);
  for (const { host, port, service } of engine.published) {
    print(`           ${host}:${port} to ${service}`);
  }
  print(`  app      ${api.url}`);
  for (const one of engine.instances()) {
    if (one.status !== 'ready')
      print(paint('red', `  ${one.id}: ${one.status}: ${one.reason ?? ''}`, process.stdout));
  }
  return startSummary(engine);
}
