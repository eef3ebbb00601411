/** (state, delta) → state: pure, and whatever a delta does not touch stays the same object. */
import type { Delta, State } from '../../src-main/api/contract/index.ts';

const MOST_REQUESTS = 500;
const MOST_EVENTS = 500;

export function applyDelta(state: State, delta: Delta): State {
  switch (delta.kind) {
    case 'state':
      return delta.state;
    case 'engine':
      return { ...state, engine: delta.engine };
    case 'document':
      return { ...state, document: delta.document };
    case 'instances':
      return { ...state, instances: applyInstances(state.instances, delta) };
    case 'tick':
      return {
        ...state,
        edges: applyTick(state.edges, delta.edges),
        nodeBadges: applyNodeBadges(state.nodeBadges, delta.nodes),
      };
    case 'requests':
      return { ...state, requests: applyRequests(state.requests, delta) };
    case 'rollouts':
      return { ...state, rollouts: delta.rollouts };
    case 'captures':
      return { ...state, captures: delta.captures };
    case 'usage':
      return { ...state, usage: delta.usage };
    case 'event':
      return { ...state, events: [...state.events, delta.event].slice(-MOST_EVENTS) };
  }
}

function applyRequests(
  before: State['requests'],
  { items, removed }: Extract<Delta, { kind: 'requests' }>,
): State['requests'] {
  const kept = removed.length === 0 ? before : before.filter(({ id }) => !removed.includes(id));
  return [...kept, ...items].slice(-MOST_REQUESTS);
}

function applyInstances(
  before: State['instances'],
  { put, removed }: Extract<Delta, { kind: 'instances' }>,
): State['instances'] {
  const kept = Object.entries(before).filter(([id]) => !removed.includes(id));
  return Object.fromEntries([...kept, ...put.map((instance) => [instance.id, instance] as const)]);
}

/** An edge that is not named is idle. */
function applyTick(
  before: State['edges'],
  edges: readonly State['edges'][string][],
): State['edges'] {
  if (edges.length === 0 && Object.keys(before).length === 0) return before;
  return Object.fromEntries(edges.map((edge) => [`${edge.from}->${edge.to}`, edge]));
}

/** Mostly there are none: then nothing that shows them is rendered anew. */
function applyNodeBadges(
  before: State['nodeBadges'],
  nodes: readonly State['nodeBadges'][string][],
): State['nodeBadges'] {
  if (nodes.length === 0 && Object.keys(before).length === 0) return before;
  return Object.fromEntries(nodes.map((one) => [one.node, one]));
}
