/** Which commands somebody means. Pure. */
import type { Command } from './command.ts';

/** Those that have all the words, the best first: a label that begins with them, then whole words. */
export function findCommands<C extends Pick<Command, 'label' | 'words'>>(
  commands: readonly C[],
  text: string,
): C[] {
  const wanted = text.toLowerCase().trim();
  const words = wanted.split(/\s+/);
  return commands
    .map((command) => ({ command, said: `${command.label} ${command.words ?? ''}`.toLowerCase() }))
    .filter(({ said }) => words.every((word) => said.includes(word)))
    .map((found) => ({ ...found, rank: rankOf(found.said, wanted) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ command }) => command);
}

function rankOf(said: string, wanted: string): number {
  if (wanted === '' || said.startsWith(wanted)) return 0;
  if (said.includes(` ${wanted}`)) return 1;
  return said.includes(wanted) ? 2 : 3;
}
