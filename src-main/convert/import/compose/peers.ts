/** Who calls whom: what the files say of it, what they let one see, and whom a service could reach. */
import { child, entriesOf, itemsOf, textOf, textsOf } from './node.ts';
import type { MapNode } from './node.ts';
import { mentionsInVariable, mentionsInWords } from './mentions.ts';
import type { Mention } from './mentions.ts';

/** A service with what is already known of it. */
export interface Peer {
  /** As the files have it. */
  readonly name: string;
  /** As the mesh has it. */
  readonly meshName: string;
  readonly service: MapNode;
  readonly env: Readonly<Record<string, string>>;
}

export interface Surroundings {
  /** The services that it is said to call, in the words of the mesh. */
  readonly calls: readonly string[];
  readonly reaches: readonly string[];
  readonly aliases: readonly string[];
  /** Ports that others ask it at. */
  readonly askedPorts: readonly number[];
}

const NO_NETWORK: ReadonlySet<string> = new Set();

/** By the name of the mesh. */
export function surroundingsOf(peers: readonly Peer[]): Map<string, Surroundings> {
  const aliases = aliasesOf(peers);
  const byAlias = new Map<string, Peer>();
  for (const peer of peers) {
    for (const alias of [peer.name, peer.meshName, ...(aliases.get(peer) ?? [])]) {
      if (!byAlias.has(alias)) byAlias.set(alias, peer);
    }
  }
  const known = new Set(byAlias.keys());
  const mentions = new Map(peers.map((peer) => [peer, mentionsOf(peer, known)]));
  return new Map(
    peers.map((peer) => {
      const within = peers.filter((other) => other !== peer && shareNetwork(peer, other));
      const called = calledBy(peer, mentions.get(peer) ?? [], byAlias);
      const calls = called.filter((one) => within.includes(one));
      const own = new Set([peer.name, ...(aliases.get(peer) ?? [])]);
      return [
        peer.meshName,
        {
          calls: calls.map(({ meshName }) => meshName),
          reaches: within.filter((one) => !calls.includes(one)).map(({ meshName }) => meshName),
          aliases: [...own].filter(
            (alias) => alias !== peer.meshName && byAlias.get(alias) === peer,
          ),
          askedPorts: askedPorts(peer, mentions, byAlias),
        },
      ];
    }),
  );
}

/** What a service waits for to be finished, it does not call. */
function calledBy(
  peer: Peer,
  mentions: readonly Mention[],
  byAlias: ReadonlyMap<string, Peer>,
): Peer[] {
  const waited = entriesOf(child(peer.service, 'depends_on'))
    .filter(
      ([, options]) => textOf(child(options, 'condition')) !== 'service_completed_successfully',
    )
    .map(([name]) => name);
  const linked = textsOf(child(peer.service, 'links')).map((link) => link.split(':')[0] ?? '');
  const names = [...waited, ...linked, ...mentions.map(({ name }) => name)];
  const found = names.map((name) => byAlias.get(name));
  return [...new Set(found.filter((one) => one !== undefined))].filter((one) => one !== peer);
}

function mentionsOf({ service, env }: Peer, known: ReadonlySet<string>): Mention[] {
  const words = ['entrypoint', 'command'].flatMap((key) => {
    const node = child(service, key);
    return node?.kind === 'list' ? textsOf(node) : (textOf(node) ?? '').split(/\s+/);
  });
  return [
    ...Object.entries(env).flatMap(([name, value]) => mentionsInVariable(name, value, known)),
    ...mentionsInWords(words, known),
  ];
}

function askedPorts(
  peer: Peer,
  mentions: ReadonlyMap<Peer, readonly Mention[]>,
  byAlias: ReadonlyMap<string, Peer>,
): number[] {
  const ports = [...mentions].flatMap(([caller, all]) =>
    caller === peer
      ? []
      : all.flatMap(({ name, port }) => (byAlias.get(name) === peer ? (port ?? []) : [])),
  );
  return [...new Set(ports)];
}

/** Without networks of its own a service is in the project's; on the host's, it is near them all. */
function networksOf({ service }: Peer): ReadonlySet<string> {
  if (textOf(child(service, 'network_mode')) === 'none') return NO_NETWORK;
  const names = entriesOf(child(service, 'networks')).map(([name]) => name);
  return new Set(names.length === 0 ? ['default'] : names);
}

function shareNetwork(one: Peer, other: Peer): boolean {
  const networks = networksOf(other);
  return [...networksOf(one)].some((name) => networks.has(name));
}

/** Other names: of the container, of the service in its networks, and those that links give it. */
function aliasesOf(peers: readonly Peer[]): Map<Peer, string[]> {
  const linked = peers.flatMap(({ service }) =>
    textsOf(child(service, 'links')).map((link) => link.split(':')),
  );
  return new Map(
    peers.map((peer) => {
      const { name, service } = peer;
      const container = textOf(child(service, 'container_name'));
      const inNetworks = entriesOf(child(service, 'networks')).flatMap(([, options]) =>
        itemsOf(child(options, 'aliases')).flatMap((item) => textOf(item) ?? []),
      );
      const byLinks = linked.flatMap(([target, alias]) =>
        target === name && alias !== undefined ? [alias] : [],
      );
      const all = [...(container === undefined ? [] : [container]), ...inNetworks, ...byLinks];
      return [peer, [...new Set(all)]];
    }),
  );
}
