/** What a document may say, for people to read: generated from what it is checked with. */
import { meshJsonSchema } from './json-schema.ts';

/** As much of JSON Schema (draft 7) as zod writes. */
interface Node {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly allOf?: readonly Node[];
  readonly definitions?: Readonly<Record<string, Node>>;
}

const HEAD = `# What a mesh document may say

Written from the schema that documents are checked with. \`<name>\` is a name of your own, \`[]\` an item of
a list; what has no default may be left out, unless it says that it is required.
`;

/** A mapping with fewer keys is told wherever it stands; a larger one once. */
const SHORT = 3;

/** The whole document as Markdown: a heading for each key of the top level. */
export function meshReference(): string {
  const schema = meshJsonSchema() as Node;
  const writer = new ReferenceWriter(schema.definitions ?? {});
  const required = schema.required ?? [];
  const sections = Object.entries(schema.properties ?? {}).map(([key, node]) =>
    writer.section(key, node, required.includes(key)),
  );
  return `${HEAD}\n${sections.join('\n')}`;
}

class ReferenceWriter {
  readonly #definitions: Readonly<Record<string, Node>>;
  /** Where each mapping was told, by its keys and what they mean. */
  readonly #told = new Map<string, string>();

  constructor(definitions: Readonly<Record<string, Node>>) {
    this.#definitions = definitions;
  }

  section(key: string, given: Node, required: boolean): string {
    const node = this.#open(given);
    const lines = [`## \`${key}\``, '', this.#about(node, required), ''];
    const rows = this.#inside(node, key, 0);
    if (rows.length > 0) lines.push(...rows, '');
    return lines.join('\n');
  }

  /** The lines about what the value consists of. */
  #inside(node: Node, path: string, depth: number): string[] {
    // A value with a title is told by that alone, and may hold itself (JSON).
    if (node.title !== undefined) return [];
    const parts = [node, ...this.#choices(node)];
    const blocks = parts.map((part) => [
      ...this.#properties(part, path, depth),
      ...this.#named(part, path, depth),
      ...(part.items ? this.#inside(this.#open(part.items), `${path}[]`, depth) : []),
    ]);
    // Choices may consist of the same: a list of what may also stand alone.
    const known = new Set<string>();
    return blocks.filter((rows) => isNew(known, rows.join('\n'))).flat();
  }

  #properties(node: Node, path: string, depth: number): string[] {
    const entries = Object.entries(node.properties ?? {});
    if (entries.length === 0) return [];
    const before = entries.length > SHORT ? this.#tellOnce(entries, path) : undefined;
    if (before !== undefined) return [bullet(depth, `as \`${before}\``)];
    return entries.flatMap(([key, given]) => {
      const inner = this.#open(given);
      const required = node.required?.includes(key) ?? false;
      const line = bullet(depth, `\`${key}\`: ${this.#about(inner, required)}`);
      return [line, ...this.#inside(inner, `${path}.${key}`, depth + 1)];
    });
  }

  /** A mapping whose keys are the user's own names. */
  #named({ additionalProperties: given }: Node, path: string, depth: number): string[] {
    if (typeof given !== 'object') return [];
    const node = this.#open(given);
    const line = bullet(depth, `\`<name>\`: ${this.#about(node, false)}`);
    return [line, ...this.#inside(node, `${path}.<name>`, depth + 1)];
  }

  #tellOnce(entries: readonly (readonly [string, Node])[], path: string): string | undefined {
    const key = JSON.stringify(entries);
    const before = this.#told.get(key);
    if (before === undefined) this.#told.set(key, path);
    return before;
  }

  /** What kind of value, what it means, what it is where it is left out. */
  #about(node: Node, required: boolean): string {
    const facts = [this.#kind(node)];
    if (required) facts.push('required');
    if (node.default !== undefined) facts.push(`default \`${said(node.default)}\``);
    const brackets = `(${facts.filter((fact) => fact !== '').join(', ')})`;
    return [node.description ?? '', brackets === '()' ? '' : brackets].filter(Boolean).join(' ');
  }

  #kind(node: Node): string {
    if (node.title !== undefined) return node.title;
    if (node.enum) return node.enum.map((one) => `\`${said(one)}\``).join(', ');
    if (node.const !== undefined) return `\`${said(node.const)}\``;
    const choices = this.#choices(node);
    if (choices.length > 0) return [...new Set(choices.map((one) => this.#kind(one)))].join(' or ');
    if (node.items) return `list of ${plural(this.#kind(this.#open(node.items)))}`;
    if (node.type === 'integer') return `whole number${range(node)}`;
    if (node.type === 'number') return `number${range(node)}`;
    if (node.type === 'boolean') return '`true` or `false`';
    if (node.type === 'string') return 'text';
    return node.type === 'object' ? 'mapping' : '';
  }

  #choices({ anyOf = [], oneOf = [] }: Node): Node[] {
    return [...anyOf, ...oneOf].map((one) => this.#open(one)).filter(({ type }) => type !== 'null');
  }

  /** With what it refers to; what it says itself comes first. */
  #open(node: Node): Node {
    const name = node.$ref?.split('/').at(-1);
    const parts = [
      ...(name === undefined ? [] : [this.#definitions[name] ?? {}]),
      ...(node.allOf ?? []),
    ];
    const { $ref: _ref, allOf: _allOf, ...own } = node;
    return Object.assign({}, ...parts.map((part) => this.#open(part)), own) as Node;
  }
}

function isNew(known: Set<string>, text: string): boolean {
  const before = known.size;
  return known.add(text).size > before;
}

function bullet(depth: number, text: string): string {
  return `${'  '.repeat(depth)}- ${text}`;
}

function said(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function plural(kind: string): string {
  return /^(?:text|mapping)$/.test(kind) ? `${kind}s` : kind;
}

/** Bounds that a person would meet; JavaScript's own are none. */
function range({ minimum, maximum }: Node): string {
  const most = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  const least = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`;
  if (most !== undefined) return ` up to ${most}`;
  return least === undefined ? '' : ` from ${least}`;
}
