/**
 * Variables in the values of a compose file, as the Compose specification has them ("Interpolation"):
 * `$NAME`, `${NAME}`, the operators `:-` `-` `:?` `?` `:+` `+`, nested as deep as one likes, and `$$`.
 */

/** Undefined where there is no such variable. */
export type Lookup = (name: string) => string | undefined;

export interface Interpolated {
  readonly text: string;
  /** Variables that have no value and no default: each is taken for an empty text. */
  readonly unset: readonly string[];
}

/** The text cannot be interpolated: `message` says why. */
export class InterpolationError extends Error {}

/** Nobody nests deeper on purpose; each level is a level of recursion. */
const MOST_LEVELS = 50;

/** @throws InterpolationError of a `$` that begins nothing, and where `?` finds no value. */
export function interpolate(text: string, lookup: Lookup): Interpolated {
  if (!text.includes('$')) return { text, unset: [] };
  const template = new Template(text, lookup);
  return { text: template.read(0), unset: [...template.unset] };
}

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const OPERATOR = /:?[-?+]/y;

class Template {
  readonly unset = new Set<string>();
  readonly #text: string;
  readonly #lookup: Lookup;
  #at = 0;

  constructor(text: string, lookup: Lookup) {
    this.#text = text;
    this.#lookup = lookup;
  }

  /** To the end of the text, or, within braces (`level` above 0), to the one that closes them. */
  read(level: number, isTaken = true): string {
    if (level > MOST_LEVELS) throw new InterpolationError('variables are nested too deeply');
    let result = '';
    while (this.#at < this.#text.length) {
      const character = this.#text.charAt(this.#at);
      if (level > 0 && character === '}') return result;
      this.#at++;
      result += character === '$' ? this.#variable(level, isTaken) : character;
    }
    if (level > 0) throw this.#invalid('a "}" is missing');
    return result;
  }

  #variable(level: number, isTaken: boolean): string {
    if (this.#skip('$')) return '$';
    if (this.#skip('{')) return this.#braced(level, isTaken);
    const name = this.#match(NAME);
    if (name === undefined) throw this.#invalid('a "$" that is meant as one is written "$$"');
    return this.#value(name, isTaken);
  }

  #braced(level: number, isTaken: boolean): string {
    const name = this.#match(NAME);
    if (name === undefined) throw this.#invalid('the name of a variable is expected behind "${"');
    const operator = this.#match(OPERATOR);
    if (operator === undefined) {
      if (!this.#skip('}')) throw this.#invalid(`"}" or an operator is expected behind "${name}"`);
      return this.#value(name, isTaken);
    }
    const result = this.#operated(name, operator, level, isTaken);
    if (!this.#skip('}')) throw this.#invalid('a "}" is missing');
    return result;
  }

  /** What is not taken is read all the same, and complains of nothing that is unset in it. */
  #operated(name: string, operator: string, level: number, isTaken: boolean): string {
    const found = this.#lookup(name);
    const isThere = found !== undefined && !(operator.startsWith(':') && found === '');
    const kind = operator.at(-1);
    const word = this.read(level + 1, isTaken && (kind === '+') === isThere);
    if (kind === '+') return isThere ? word : '';
    if (isThere) return found;
    if (kind === '?' && isTaken) {
      throw new InterpolationError(
        `the variable ${name} is required${word === '' ? '' : `: ${word}`}`,
      );
    }
    return word;
  }

  #value(name: string, isTaken: boolean): string {
    const found = this.#lookup(name);
    if (found === undefined && isTaken) this.unset.add(name);
    return found ?? '';
  }

  #skip(character: string): boolean {
    if (this.#text.charAt(this.#at) !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #invalid(why: string): InterpolationError {
    return new InterpolationError(`"${shortened(this.#text)}" cannot be interpolated: ${why}`);
  }
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
