/** Whose images a Dockerfile builds upon. Pure. */
import { parseImageReference } from './image-reference.ts';

/**
 * Registries of what its `FROM` and `COPY --from` name, stages and `scratch` left out; with the defaults
 * of its arguments, or `args` instead. What cannot be resolved is left out.
 */
export function registriesOf(
  dockerfile: string,
  args: Readonly<Record<string, string>>,
): readonly string[] {
  const values: Record<string, string> = {};
  const stages = new Set<string>(['scratch']);
  const images = new Set<string>();
  for (const line of dockerfile.replace(/\\\r?\n/g, ' ').split('\n')) {
    const arg = /^\s*ARG\s+(\w+)(?:=(\S*))?/i.exec(line);
    if (arg) values[arg[1] ?? ''] = args[arg[1] ?? ''] ?? unquoted(arg[2] ?? '');
    const from = /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line);
    const copied = /^\s*COPY\s+(?:--\S+\s+)*--from=(\S+)/i.exec(line);
    const name = resolved(from?.[1] ?? copied?.[1] ?? '', values);
    if (name !== '' && !stages.has(name.toLowerCase()) && !/^\d+$/.test(name)) images.add(name);
    if (from?.[2] !== undefined) stages.add(from[2].toLowerCase());
  }
  return [...new Set([...images].map((image) => parseImageReference(image).registry))];
}

/** Empty where a variable has no value. */
function resolved(text: string, values: Readonly<Record<string, string>>): string {
  const filled = text.replace(
    /\$\{(\w+)(?::-([^}]*))?\}|\$(\w+)/g,
    (_, braced: string | undefined, fallback: string | undefined, bare: string | undefined) =>
      values[braced ?? bare ?? ''] || (fallback ?? '$'),
  );
  return filled.includes('$') ? '' : filled;
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}
