/** The environment of a service: its files, then what it says itself. */
import { parseEnvFile, parseRawEnvFile } from '../dotenv.ts';
import { child, entriesOf, isEmpty, itemsOf, textOf } from '../node.ts';
import type { ComposeNode, MapNode } from '../node.ts';
import { lineOf } from '../variables.ts';
import type { ServiceContext } from './context.ts';

export function environmentOf(service: MapNode, context: ServiceContext): Record<string, string> {
  const env = new Map<string, string>();
  for (const item of itemsOf(child(service, 'env_file'))) readFile(item, env, context);
  for (const [name, value] of entriesOf(child(service, 'environment'))) {
    // Without a value it is the variable of whoever starts the mesh; nobody's is left out.
    const text = isEmpty(value) ? context.lookup(name) : textOf(value);
    if (text !== undefined) env.set(name, text);
    else if (isEmpty(value)) env.delete(name);
    else context.findings.wrong('a text is expected', value.place);
  }
  return Object.fromEntries(env);
}

function readFile(item: ComposeNode, env: Map<string, string>, context: ServiceContext): void {
  const { files, findings, lookup } = context;
  const path = textOf(child(item, 'path'));
  if (path === undefined) return findings.wrong('a file is expected', item.place);
  const result = files.read(path);
  if ('failure' in result) {
    if (textOf(child(item, 'required')) === 'false') return;
    return findings.error('missing-file', `${path} cannot be read: ${result.failure}`, item.place);
  }
  const isRaw = textOf(child(item, 'format')) === 'raw';
  const known = (name: string): string | undefined => env.get(name) ?? lookup(name);
  const { entries, problems } = isRaw
    ? parseRawEnvFile(result.text)
    : parseEnvFile(result.text, known);
  for (const { name, value = lookup(name) } of entries)
    if (value !== undefined) env.set(name, value);
  for (const { severity, message, line } of problems) {
    const code = severity === 'error' ? 'compose-value' : 'unset-variable';
    if (severity === 'error') findings.error(code, message, lineOf(path, line));
    else findings.warn(code, message, lineOf(path, line));
  }
}
