/** Files of variables (`.env`, `env_file`), by the Compose specification's rules for them. */
import { InterpolationError, interpolate } from './interpolate.ts';
import type { Lookup } from './interpolate.ts';

export interface EnvEntry {
  readonly name: string;
  /** Absent: of the name alone, whose value is taken from outside. */
  readonly value?: string;
  /** From 1. */
  readonly line: number;
}

export interface EnvProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly line: number;
}

export interface EnvFile {
  readonly entries: readonly EnvEntry[];
  readonly problems: readonly EnvProblem[];
}

/**
 * `NAME=value` or `NAME: value` in each line, with `export` before it or not. Within single quotes all
 * is as it stands; within double quotes and without quotes, variables are put in, those of the file
 * first. `#` behind a blank begins a comment.
 */
export function parseEnvFile(text: string, lookup: Lookup): EnvFile {
  return new EnvReader(text.replace(/^\uFEFF/, ''), lookup).read();
}

/** `format: raw`: every line is taken as it stands behind the first `=`. */
export function parseRawEnvFile(text: string): EnvFile {
  const entries = text.split(/\r?\n/).flatMap((line, i): EnvEntry[] => {
    if (/^\s*(#|$)/.test(line)) return [];
    const at = line.indexOf('=');
    if (at < 0) return [{ name: line.trim(), line: i + 1 }];
    return [{ name: line.slice(0, at).trim(), value: line.slice(at + 1), line: i + 1 }];
  });
  return { entries, problems: [] };
}

const KEY =
  /[^\S\n]*(?:export[^\S\n]+)?([A-Za-z0-9_.[\]-]+)[^\S\n]*(?:([=:])[^\S\n]*|(?=\r?\n|$))/y;
const SINGLE_QUOTED = /'([^']*)'/y;
const DOUBLE_QUOTED = /"((?:[^"\\]|\\[^])*)"/y;
const LINE = /[^\n]*/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', b: '\b' };

class EnvReader {
  readonly #text: string;
  readonly #lookup: Lookup;
  readonly #entries: EnvEntry[] = [];
  readonly #problems: EnvProblem[] = [];
  readonly #known = new Map<string, string>();
  #at = 0;
  #line = 1;

  constructor(text: string, lookup: Lookup) {
    this.#text = text;
    this.#lookup = lookup;
  }

  read(): EnvFile {
    while (this.#at < this.#text.length) {
      this.#statement();
      this.#match(LINE);
      this.#match(/\n/y);
    }
    return { entries: this.#entries, problems: this.#problems };
  }

  #statement(): void {
    if (this.#match(/[^\S\n]*(?:#|(?=\r?\n|$))/y)) return;
    const line = this.#line;
    const found = this.#match(KEY);
    if (!found) {
      const message = 'a line is "NAME=value", or a comment behind "#"';
      this.#problems.push({ severity: 'error', message, line });
      return;
    }
    const [, name = '', sign] = found;
    const value = sign === undefined ? undefined : this.#value(line);
    if (value !== undefined) this.#known.set(name, value);
    this.#entries.push({ name, line, ...(value !== undefined && { value }) });
  }

  #value(line: number): string {
    const single = this.#match(SINGLE_QUOTED);
    if (single) return single[1] ?? '';
    const double = this.#match(DOUBLE_QUOTED);
    if (double) return this.#expand(unescape(double[1] ?? ''), line);
    const rest = this.#match(LINE)?.[0].replace(/\r$/, '') ?? '';
    if (/^["']/.test(rest)) {
      this.#problems.push({ severity: 'error', message: 'a quote is not closed', line });
      return rest;
    }
    return this.#expand(rest.replace(/(^|\s)#.*$/, '').trim(), line);
  }

  #expand(text: string, line: number): string {
    try {
      const find: Lookup = (name) => this.#known.get(name) ?? this.#lookup(name);
      const { text: value, unset } = interpolate(text, find);
      for (const name of unset) {
        const message = `the variable ${name} has no value: it is taken for empty`;
        this.#problems.push({ severity: 'warning', message, line });
      }
      return value;
    } catch (error) {
      if (!(error instanceof InterpolationError)) throw error;
      this.#problems.push({ severity: 'error', message: error.message, line });
      return text;
    }
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) return null;
    this.#at += found[0].length;
    this.#line += found[0].split('\n').length - 1;
    return found;
  }
}

/** `\$` is a dollar sign: `$$` for the interpolation that follows. */
function unescape(text: string): string {
  return text.replace(/\\([^])/g, (all, character: string) => {
    if (character === '$') return '$$';
    return ESCAPES[character] ?? (character === '"' || character === '\\' ? character : all);
  });
}
