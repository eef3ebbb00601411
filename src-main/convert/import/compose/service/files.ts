/** Secrets and configurations: files that appear in the container. */
import type { ContainerFileInput } from '../../../../spec/schema/container-mount.ts';
import { suggestion } from '../../../../spec/document/nearest.ts';
import { child, entriesOf, itemsOf, textOf } from '../node.ts';
import type { ComposeNode, MapNode } from '../node.ts';
import type { ServiceContext } from './context.ts';
import { isExternal } from './mounts.ts';
import { defined, readInteger, readMode } from './read.ts';

const KINDS = [
  { section: 'secrets', one: 'secret', folder: '/run/secrets/' },
  { section: 'configs', one: 'config', folder: '/' },
] as const;

type Kind = (typeof KINDS)[number];

export function filesOf(service: MapNode, context: ServiceContext): ContainerFileInput[] {
  return KINDS.flatMap((kind) =>
    itemsOf(child(service, kind.section)).flatMap((item) => fileOf(kind, item, context) ?? []),
  );
}

function fileOf(
  kind: Kind,
  item: ComposeNode,
  context: ServiceContext,
): ContainerFileInput | undefined {
  const { findings, project } = context;
  const source = textOf(child(item, 'source')) ?? '';
  const known = entriesOf(project.entries.get(kind.section)?.value);
  const definition = known.find(([key]) => key === source)?.[1];
  if (!definition) {
    const advice = suggestion(
      source,
      known.map(([key]) => key),
    );
    findings.wrong(`there is no ${kind.one} "${source}" at the top level`, item.place, advice);
    return undefined;
  }
  const made = contentOf(kind, source, definition, context);
  if (!made) return undefined;
  const target = textOf(child(item, 'target')) ?? source;
  return {
    target: target.startsWith('/') ? target : `${kind.folder}${target}`,
    ...made,
    ...defined({
      mode: readMode(child(item, 'mode'), findings),
      uid: readInteger(child(item, 'uid'), findings),
      gid: readInteger(child(item, 'gid'), findings),
    }),
  };
}

/** From a file, from a variable, or as it stands there. */
function contentOf(
  { one }: Kind,
  name: string,
  definition: ComposeNode,
  { findings, lookup }: ServiceContext,
): Pick<ContainerFileInput, 'content' | 'source'> | undefined {
  const source = textOf(child(definition, 'file'));
  if (source !== undefined) return { source };
  const content = textOf(child(definition, 'content'));
  if (content !== undefined) return { content };
  const variable = textOf(child(definition, 'environment'));
  const value = variable === undefined ? undefined : lookup(variable);
  if (value !== undefined) return { content: value };
  if (variable !== undefined) {
    const message = `the variable ${variable} of the ${one} "${name}" is not set`;
    findings.error('unset-variable', message, definition.place);
  } else if (isExternal(definition)) {
    const why = 'what is kept outside (Swarm) cannot be read';
    findings.leftOut(`the external ${one} "${name}"`, why, definition.place);
  } else {
    const message = `the ${one} "${name}" has no "file", "environment" or "content"`;
    findings.wrong(message, definition.place);
  }
  return undefined;
}
