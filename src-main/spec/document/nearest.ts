/** "Did you mean …?" */
import { distance } from 'fastest-levenshtein';

/** A beginning that is shorter says nothing. */
const LEAST_BEGINNING = 3;

/** The word that was probably meant; undefined where none is near. Case does not matter. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  return nearestSpelling(word, words) ?? commonBeginning(word, words);
}

/** As the end of a message: `; did you mean "x"?`, or the choice where it is short. */
export function suggestion(word: string, words: readonly string[]): string | undefined {
  const near = nearest(word, words);
  if (near !== undefined) return `did you mean "${near}"?`;
  if (words.length === 0 || words.length > 12) return undefined;
  return `known here: ${words.join(', ')}`;
}

/** One that is mistyped: a letter in three may be wrong. */
function nearestSpelling(word: string, words: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of words) {
    const found = distance(word.toLowerCase(), candidate.toLowerCase());
    if (found < least) [best, least] = [candidate, found];
  }
  return best;
}

/** One in another form, or longer or shorter: `retries` and `retry`, `outlier`, `mirrorPolicy`. */
function commonBeginning(word: string, words: readonly string[]): string | undefined {
  let best: string | undefined;
  let most = 0;
  for (const candidate of words) {
    const shared = sharedLength(word.toLowerCase(), candidate.toLowerCase());
    const shorter = Math.min(word.length, candidate.length);
    const enough = Math.max(LEAST_BEGINNING, Math.ceil((shorter * 2) / 3));
    if (shared >= enough && shared > most) [best, most] = [candidate, shared];
  }
  return best;
}

function sharedLength(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return shared;
}
