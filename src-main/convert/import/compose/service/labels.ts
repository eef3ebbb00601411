/** Labels of a container: of its files, then its own. */
import { parseEnvFile } from '../dotenv.ts';
import { child, itemsOf, textOf } from '../node.ts';
import type { MapNode } from '../node.ts';
import type { ServiceContext } from './context.ts';
import { readPairs } from './read.ts';

/** Undefined where there are none. */
export function labelsOf(
  service: MapNode,
  { files, findings, lookup }: ServiceContext,
): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  for (const item of itemsOf(child(service, 'label_file'))) {
    const path = textOf(item) ?? '';
    const result = files.read(path);
    if ('failure' in result) {
      findings.error('missing-file', `${path} cannot be read: ${result.failure}`, item.place);
      continue;
    }
    for (const { name, value = '' } of parseEnvFile(result.text, lookup).entries) {
      labels[name] = value;
    }
  }
  Object.assign(labels, readPairs(child(service, 'labels'), findings));
  return Object.keys(labels).length === 0 ? undefined : labels;
}
