/** Results go to standard output; talk goes to standard error, so that a pipe gets results alone. */

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

const COLOURS = { red: 31, green: 32, yellow: 33, dim: 2, bold: 1 } as const;

/** Coloured where a person looks (https://no-color.org). */
export function paint(
  colour: keyof typeof COLOURS,
  text: string,
  stream: NodeJS.WriteStream = process.stderr,
): string {
  const plain = !stream.isTTY || process.env['NO_COLOR'];
  return plain ? text : `\u001b[${COLOURS[colour]}m${text}\u001b[0m`;
}
