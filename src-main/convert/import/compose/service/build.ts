/** How the image of a service is built. */
import type { ContainerBuildInput } from '../../../../spec/schema/container-build.ts';
import { child, textOf } from '../node.ts';
import type { ComposeNode, MapNode } from '../node.ts';
import type { ServiceContext } from './context.ts';
import { defined, readBoolean, readPairs, readSize, readTexts } from './read.ts';

/** What needs BuildKit's own protocol, and what it is for. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  additional_contexts: 'builds have one context only',
  cache_to: 'layers are kept by the engine only',
  entitlements: 'the engine builds without further rights',
  isolation: 'it is for Windows',
  privileged: 'the engine builds without further rights',
  provenance: 'no attestations are made',
  sbom: 'no attestations are made',
  secrets: 'secrets of builds need BuildKit',
  ssh: 'keys for builds need BuildKit',
  ulimits: 'the limits of the RUN steps are those of the engine',
};

export function buildOf(
  service: MapNode,
  context: ServiceContext,
): ContainerBuildInput | undefined {
  const build = child(service, 'build');
  if (build?.kind !== 'map') return undefined;
  const { findings, lookup } = context;
  for (const [key, why] of Object.entries(LEFT_OUT)) {
    const entry = build.entries.get(key);
    if (entry) findings.leftOut(`build.${key} of ${context.name}`, why, entry.place);
  }
  const dockerfileInline = textOf(child(build, 'dockerfile_inline'));
  const args = child(build, 'args');
  return defined({
    context: textOf(child(build, 'context')),
    dockerfile: textOf(child(build, 'dockerfile')),
    dockerfileInline,
    args: args && argsOf(args, lookup),
    target: textOf(child(build, 'target')),
    labels: mapping(build, 'labels', context),
    cacheFrom: texts(build, 'cache_from', context),
    tags: texts(build, 'tags', context),
    network: textOf(child(build, 'network')),
    extraHosts: mapping(build, 'extra_hosts', context),
    platform: platformOf(build, service, context),
    shmSize: readSize(child(build, 'shm_size'), findings),
    noCache: readBoolean(child(build, 'no_cache'), findings),
    pull: readBoolean(child(build, 'pull'), findings),
  });
}

/** One without a value is the variable of that name; one that nobody knows is left out. */
function argsOf(node: ComposeNode, lookup: ServiceContext['lookup']): Record<string, string> {
  if (node.kind !== 'map') return {};
  return Object.fromEntries(
    [...node.entries].flatMap(([key, { value }]): [string, string][] => {
      const text = textOf(value) ?? lookup(key);
      return text === undefined ? [] : [[key, text]];
    }),
  );
}

function mapping(
  build: MapNode,
  key: string,
  { findings }: ServiceContext,
): Record<string, string> | undefined {
  const node = child(build, key);
  return node && readPairs(node, findings);
}

function texts(build: MapNode, key: string, { findings }: ServiceContext): string[] | undefined {
  const node = child(build, key);
  return node && readTexts(node, findings);
}

/** Of several, the one that the service runs on, or the first. */
function platformOf(
  build: MapNode,
  service: MapNode,
  { findings }: ServiceContext,
): string | undefined {
  const wanted = textOf(child(service, 'platform'));
  const all = readTexts(child(build, 'platforms'), findings);
  return wanted ?? all[0];
}
