/** Splits a command the way a shell splits words: blanks, quotes, backslashes; nothing else. */

const WORD = /(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs;
const PART = /\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\\"']+)/gs;

/** Undefined where a quote is not closed. */
export function splitWords(command: string): string[] | undefined {
  const words = command.match(WORD) ?? [];
  if (command.replace(WORD, '').trim() !== '') return undefined;
  return words.map((word) =>
    word.replace(
      PART,
      (_all, escaped?: string, double?: string, single?: string, plain?: string) =>
        escaped ?? double?.replace(/\\(["\\$`])/g, '$1') ?? single ?? plain ?? '',
    ),
  );
}
