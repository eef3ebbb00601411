/** The engine's check of a service from inside its container. */
import type { ContainerInput } from '../../../../spec/schema/container.ts';
import { child, textOf } from '../node.ts';
import type { MapNode } from '../node.ts';
import type { ServiceContext } from './context.ts';
import { defined, readBoolean, readDuration, readInteger, readTexts } from './read.ts';

export function healthcheckOf(
  service: MapNode,
  { findings, name }: ServiceContext,
): ContainerInput['healthcheck'] {
  const node = child(service, 'healthcheck');
  if (node?.kind !== 'map') return undefined;
  const test = child(node, 'test');
  const isOff = readBoolean(child(node, 'disable'), findings) ?? false;
  if (isOff || isNone(readTextsOf(test, findings))) return 'none';
  const words = testOf(test, findings);
  if (words === undefined) {
    const why = "without a test of its own it is the image's, as the image has it";
    findings.leftOut(`the healthcheck of ${name}`, why, node.place);
    return undefined;
  }
  return {
    test: words,
    ...defined({
      interval: readDuration(child(node, 'interval'), findings),
      timeout: readDuration(child(node, 'timeout'), findings),
      startPeriod: readDuration(child(node, 'start_period'), findings),
      startInterval: readDuration(child(node, 'start_interval'), findings),
      retries: retriesOf(node, findings),
    }),
  };
}

/** The engine takes 0 for its default. */
function retriesOf(node: MapNode, findings: ServiceContext['findings']): number | undefined {
  const retries = readInteger(child(node, 'retries'), findings);
  return retries === 0 ? undefined : retries;
}

function readTextsOf(
  node: ReturnType<typeof child>,
  findings: ServiceContext['findings'],
): string[] {
  return node?.kind === 'list' ? readTexts(node, findings) : [];
}

function isNone([first]: readonly string[]): boolean {
  return first === 'NONE';
}

/** A text is for the image's shell; a list says by its first word what it is for. */
function testOf(
  node: ReturnType<typeof child>,
  findings: ServiceContext['findings'],
): string | string[] | undefined {
  if (node === undefined) return undefined;
  if (node.kind !== 'list') return textOf(node);
  const [kind, ...words] = readTexts(node, findings);
  if (kind === 'CMD-SHELL') return words.join(' ');
  if (kind === 'CMD') return words;
  findings.wrong('a list begins with CMD, CMD-SHELL or NONE', node.place);
  return undefined;
}
