/** What the app can ask of the engine. */
import { RpcError } from '../api/contract/index.ts';
import { RpcFailure } from '../api/rpc-failure.ts';
import type { Handlers } from '../api/rpc.ts';
import { exportMesh } from '../convert/export/export-mesh.ts';
import type { Engine } from './engine.ts';

export function createHandlers(engine: Engine): Handlers {
  const { document, telemetry } = engine;
  return {
    subscribe: () => engine.state(),
    edit: async ({ base, edit }) => ({ version: await document.edit(base, edit) }),
    undo: async () => ({ version: await document.undo() }),
    redo: async () => ({ version: await document.redo() }),
    trace: ({ traceId }) => {
      const trace = telemetry.trace(traceId);
      if (!trace) throw new RpcFailure(RpcError.UNKNOWN, 'this trace is not kept any more');
      return trace;
    },
    series: ({ edge }) => telemetry.series(edge) ?? NOTHING,
    export: ({ target }) => exportMesh(document.mesh, target),
    logs: ({ instance }) => ({ lines: engine.logs.get(instance) }),
    restartInstance: async ({ id }) => {
      if (await engine.restartInstance(id)) return {};
      throw new RpcFailure(RpcError.UNKNOWN, `there is no instance ${id}`);
    },
  };
}

/** An edge over which nothing has flowed yet. */
const NOTHING = { at: [], rate: [], errors: [], injected: [], p50: [], p95: [], p99: [] };
