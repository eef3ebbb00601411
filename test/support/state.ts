/** A whole state as the engine would tell it, of a mesh with one service. */
import type { Mesh, State } from '../../src-main/api/contract/index.ts';

const health = { interval: 5000, timeout: 1000, startTimeout: 20_000, unhealthyThreshold: 3 };

export function sampleMesh(): Mesh {
  return {
    name: 'sample',
    namespace: 'default',
    mtls: 'strict',
    gateway: { port: 0, routes: [{ name: 'all', path: '/', service: 'web' }] },
    services: [
      {
        name: 'web',
        calls: [],
        versions: [
          {
            name: 'v1',
            replicas: 1,
            workload: {
              runtime: 'process',
              command: ['node', 'web.mjs'],
              workingFolder: '/mesh',
              env: {},
            },
            port: 0,
            health,
          },
        ],
      },
    ],
    traffic: {},
    faults: [],
  };
}

export function sampleState(text = 'mesh: sample\n'): State {
  return {
    engine: { status: 'ready', version: '0.0.0', gatewayUrl: 'http://127.0.0.1:1', startedAt: 1 },
    document: {
      path: '/mesh/faultline.yaml',
      text,
      version: 1,
      mesh: sampleMesh(),
      content: {},
      problems: [],
      canUndo: false,
      canRedo: false,
    },
    instances: {},
    edges: {},
    nodeBadges: {},
    requests: [],
    rollouts: [],
    captures: [],
    usage: {},
    events: [],
  };
}
