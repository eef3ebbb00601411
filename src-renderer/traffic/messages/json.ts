/**
 * JSON as it is written: numbers with all their digits, keys in their order, the same key twice.
 * `JSON.parse` keeps none of these. Pure.
 */

export type JsonNode =
  | { readonly kind: 'object'; readonly entries: readonly JsonEntry[] }
  | { readonly kind: 'array'; readonly entries: readonly JsonEntry[] }
  | { readonly kind: 'string' | 'number' | 'word'; readonly text: string };

export interface JsonEntry {
  /** Of an array: its index. */
  readonly key: string;
  readonly value: JsonNode;
}

const TOKEN = /\s*("(?:[^"\\]|\\[^])*"|[{}[\]:,]|[^\s{}[\]:,"]+)/y;

/** @throws SyntaxError where it is not JSON, or not all of it */
export function readJson(text: string): JsonNode {
  // The platform's own reader is the judge; what follows only has to keep what it has judged.
  JSON.parse(text);
  return new Reader(text).value();
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): JsonNode {
    const token = this.#next();
    if (token === '{') return { kind: 'object', entries: this.#entries('}') };
    if (token === '[') return { kind: 'array', entries: this.#entries(']') };
    if (token.startsWith('"')) return { kind: 'string', text: token };
    return { kind: /^[-\d]/.test(token) ? 'number' : 'word', text: token };
  }

  #entries(end: '}' | ']'): JsonEntry[] {
    const entries: JsonEntry[] = [];
    for (let token = this.#peek(); token !== end; token = this.#peek()) {
      if (token === ',') this.#next();
      entries.push({ key: this.#key(end, entries.length), value: this.value() });
    }
    this.#next();
    return entries;
  }

  #key(end: '}' | ']', index: number): string {
    if (end === ']') return String(index);
    const key = JSON.parse(this.#next()) as string;
    this.#next();
    return key;
  }

  #peek(): string {
    const at = this.#at;
    const token = this.#next();
    this.#at = at;
    return token;
  }

  #next(): string {
    TOKEN.lastIndex = this.#at;
    const token = TOKEN.exec(this.#text)?.[1] ?? '';
    this.#at = TOKEN.lastIndex;
    return token;
  }
}

/** Indented by two blanks; what is empty stays in its line. */
export function printJson(node: JsonNode, indent = ''): string {
  if (node.kind !== 'object' && node.kind !== 'array') return node.text;
  const [open, close] = node.kind === 'object' ? '{}' : '[]';
  if (node.entries.length === 0) return `${open}${close}`;
  const inner = `${indent}  `;
  const lines = node.entries.map(({ key, value }) => {
    const name = node.kind === 'object' ? `${JSON.stringify(key)}: ` : '';
    return `${inner}${name}${printJson(value, inner)}`;
  });
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

/** What is in it, for a line that stands for all of it: `3 keys`, `12 items`. */
export function sizeText({ kind, entries }: Extract<JsonNode, { entries: unknown }>): string {
  const [one, many] = kind === 'object' ? ['key', 'keys'] : ['item', 'items'];
  return `${entries.length} ${entries.length === 1 ? one : many}`;
}
