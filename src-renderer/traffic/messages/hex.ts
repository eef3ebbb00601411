/** Bytes as `hexdump -C` writes them. Pure. */

const PER_LINE = 16;

/** One line for each sixteen bytes: where they begin, what they are, what of it is ASCII. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += PER_LINE) {
    lines.push(lineOf(at, bytes.subarray(at, at + PER_LINE)));
  }
  return lines.join('\n');
}

function lineOf(at: number, bytes: Uint8Array): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const halves = [hex.slice(0, 8).join(' '), hex.slice(8).join(' ')].join('  ');
  const ascii = [...bytes].map((byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.',
  );
  const width = PER_LINE * 3;
  return `${at.toString(16).padStart(8, '0')}  ${halves.padEnd(width)}  ${ascii.join('')}`;
}
