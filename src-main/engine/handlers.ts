/** What the app can ask of the engine. */
import { RpcError, parseFilter } from '../api/contract/index.ts';
import { RpcFailure } from '../api/rpc-failure.ts';
import type { Handlers } from '../api/rpc.ts';
import { exportMesh } from '../convert/export/export-mesh.ts';
import { RolloutRefused } from '../experiments/rollouts.ts';
import type { Engine } from './engine.ts';
import { exchangeView } from './exchange-view.ts';
import { harPart } from './har-pages.ts';

export function createHandlers(engine: Engine): Handlers {
  const { document, inspection, telemetry } = engine;
  const steer = async (
    service: string,
    how: keyof typeof WORDS,
  ): Promise<Record<string, never>> => {
    if (await engine.rollouts[how](service)) return {};
    throw new RpcFailure(RpcError.UNKNOWN, `there is no rollout of ${service} to ${WORDS[how]}`);
  };
  return {
    subscribe: () => engine.state(),
    edit: async ({ base, edit }) => ({ version: await document.edit(base, edit) }),
    checkText: ({ text }) => ({ problems: document.checkText(text) }),
    checkEdit: ({ edit }) => document.checkEdit(edit),
    undo: async () => ({ version: await document.undo() }),
    redo: async () => ({ version: await document.redo() }),
    requests: ({ filter, ...page }) => {
      const { fits, problems } = parseFilter(filter);
      const [first] = problems;
      if (first) throw new RpcFailure(RpcError.WRONG_FILTER, first.message, { problems });
      return telemetry.requests({ ...page, fits });
    },
    trace: async ({ traceId }) =>
      known(await telemetry.trace(traceId), 'this trace is not kept any more'),
    exchange: async ({ traceId, spanId, revealed }) => {
      const found = await telemetry.exchange(traceId, spanId, revealed);
      const { shown, isMaskedForGood } = known(found, 'its messages are not kept');
      return exchangeView(shown, isMaskedForGood);
    },
    send: (request) => engine.replay.send(request),
    har: ({ wanted }) => harPart(telemetry, wanted),
    series: ({ edge }) => telemetry.series(edge) ?? NOTHING,
    saturation: ({ edge }) =>
      telemetry.saturation(edge) ?? { at: [], connections: [], pending: [] },
    moment: ({ at }) => telemetry.past(at),
    export: ({ target }) => exportMesh(document.mesh, target),
    logs: ({ instance }) => ({ lines: engine.logs.get(instance) }),
    certificate: ({ node }) => known(inspection.certificate(node), `there is no proxy ${node}`),
    configuration: ({ node }) => known(inspection.configuration(node), `there is no proxy ${node}`),
    environment: ({ instance }) => ({
      variables: known(inspection.environment(instance), `there is no instance ${instance}`),
    }),
    startRollout: async (plan) => {
      try {
        await engine.rollouts.start(plan);
        return {};
      } catch (error) {
        if (!(error instanceof RolloutRefused)) throw error;
        throw new RpcFailure(RpcError.REFUSED, error.message, { problems: [] });
      }
    },
    steerRollout: ({ service, how }) => steer(service, how),
    endRollout: ({ service, how }) => steer(service, how),
    restartInstance: async ({ id }) => {
      if (await engine.restartInstance(id)) return {};
      throw new RpcFailure(RpcError.UNKNOWN, `there is no instance ${id}`);
    },
  };
}

/** @throws RpcFailure UNKNOWN with `why` where there is nothing */
function known<T>(found: T | undefined, why: string): T {
  if (found === undefined) throw new RpcFailure(RpcError.UNKNOWN, why);
  return found;
}

/** An edge over which nothing has flowed yet. */
const NOTHING = { at: [], rate: [], errors: [], injected: [], p50: [], p95: [], p99: [] };

const WORDS = {
  ...{ pause: 'pause', resume: 'resume', finish: 'finish' },
  ...{ stop: 'stop', rollBack: 'roll back', dismiss: 'dismiss' },
} as const;
