/** A mesh document that refers to compose files: it copies nothing of them. */
import { parseTree, nodeAt } from '../../../spec/document/tree.ts';
import { dnsLabel } from './service/names.ts';

/** What compose looks for in a folder, in its order. */
export const COMPOSE_NAMES = [
  ...['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'],
] as const;

/** What it lays over the one that it has found, where it is there; in its order. */
export const OVERRIDE_NAMES = [
  ...['compose.override.yml', 'compose.override.yaml'],
  ...['docker-compose.override.yml', 'docker-compose.override.yaml'],
] as const;

/** Whether a text is a compose file and no mesh document. */
export function isComposeText(text: string): boolean {
  const tree = parseTree(text);
  const has = (key: string): boolean => nodeAt(tree, [key]) !== undefined;
  if (has('mesh')) return false;
  return has('services') || has('include');
}

/** `files`: relative to the document's folder, with `/`. `projectName`: as compose names the project. */
export function composeDraft(projectName: string, files: readonly string[]): string {
  const [first = '', ...others] = files.map(quoted);
  const list = others.length === 0 ? first : `[${[first, ...others].join(', ')}]`;
  return [
    '# Laid over the compose file, which stays as it is.',
    `mesh: ${dnsLabel(projectName)}`,
    `compose: ${list}`,
    '',
  ].join('\n');
}

/** As YAML takes it, between brackets as well. */
function quoted(path: string): string {
  return /^[\w./][\w./-]*$/.test(path) ? path : JSON.stringify(path);
}
