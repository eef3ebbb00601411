/** Texts made of given ones by a few small changes: closer to an attack than random text. */
import fc from 'fast-check';

interface Change {
  readonly kind: 'cut' | 'put' | 'repeat' | 'flip' | 'move';
  /** Where, as a share of the text's length. */
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

/** @param words put into a text: what means something to its reader. */
export function mutations(
  texts: readonly string[],
  words: readonly string[],
): fc.Arbitrary<string> {
  const change: fc.Arbitrary<Change> = fc.record({
    kind: fc.constantFrom('cut', 'put', 'put', 'repeat', 'flip', 'move'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 1, max: 24 }),
    text: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...words) },
      { weight: 1, arbitrary: latin1(6) },
    ),
  });
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { maxLength: 5 }))
    .map(([text, changes]) => changes.reduce(changed, text));
}

/** Any bytes, as text. */
export function latin1(maxLength: number): fc.Arbitrary<string> {
  return fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes).toString('latin1'));
}

function changed(text: string, { kind, at, length, text: word }: Change): string {
  const from = Math.floor(at * text.length);
  const [before, piece, behind] = [
    text.slice(0, from),
    text.slice(from, from + length),
    text.slice(from + length),
  ];
  if (kind === 'cut') return before + behind;
  if (kind === 'put') return before + word + piece + behind;
  if (kind === 'repeat') return before + piece + piece + behind;
  if (kind === 'move') return piece + before + behind;
  return before + flipped(piece, length) + behind;
}

/** One bit of its first character turned over. */
function flipped(piece: string, bit: number): string {
  if (piece === '') return piece;
  return String.fromCharCode((piece.charCodeAt(0) ^ (1 << (bit % 8))) & 255) + piece.slice(1);
}

/** A text in pieces, cut anywhere. */
export function cuts(text: string, places: readonly number[]): string[] {
  const at = [...new Set(places.map((one) => Math.floor(one * text.length)))].toSorted(
    (a, b) => a - b,
  );
  const pieces = at.map((from, i) => text.slice(i === 0 ? 0 : at[i - 1], from));
  return [...pieces, text.slice(at.at(-1) ?? 0)].filter((one) => one !== '');
}

export const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
  minLength: 1,
  maxLength: 12,
});
