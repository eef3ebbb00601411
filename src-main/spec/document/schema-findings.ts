/** What the schema found, in words a person can act on. */
import type { z } from 'zod';
import type { Finding } from './finding.ts';
import { suggestion } from './nearest.ts';
import { knownKeys } from './schema-walk.ts';
import type { Path } from './tree.ts';

type Issue = z.core.$ZodIssue;

export function schemaFindings(
  issues: readonly Issue[],
  schema: z.ZodType,
  above: Path = [],
): Finding[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...(issue.path as Path)];
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => unknownKey(schema, path, key));
      case 'invalid_union':
        return unionFindings(issue, schema, path);
      case 'invalid_type':
        return [wrongType(issue, path)];
      case 'invalid_value':
        return [wrongValue(issue, path)];
      case 'invalid_key':
        return issue.issues.map(({ message }) => ({
          code: 'wrong-value',
          message,
          path,
          at: 'key',
        }));
      default:
        return [{ code: 'wrong-value', message: issue.message, path }];
    }
  });
}

function unknownKey(schema: z.ZodType, path: Path, key: string): Finding {
  const advice = suggestion(key, knownKeys(schema, path));
  return {
    code: 'unknown-key',
    message: `unknown key "${key}" in ${placeOf(path)}`,
    advice,
    path: [...path, key],
    at: 'key',
  };
}

function wrongType(issue: Extract<Issue, { code: 'invalid_type' }>, path: Path): Finding {
  if (issue.input === undefined) {
    const key = String(path.at(-1));
    const place = placeOf(path.slice(0, -1));
    return { code: 'missing-key', message: `"${key}" is missing in ${place}`, path, at: 'key' };
  }
  // A schema with words of its own says more than the kind.
  if (!issue.message.startsWith('Invalid input')) {
    return { code: 'wrong-type', message: issue.message, path };
  }
  const wanted = KINDS[issue.expected] ?? issue.expected;
  const message = `${placeOf(path)} must be ${wanted}, not ${kindOf(issue.input)}`;
  return { code: 'wrong-type', message, path };
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return KINDS[typeof value] ?? typeof value;
}

const KINDS: Record<string, string> = {
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function wrongValue(issue: Extract<Issue, { code: 'invalid_value' }>, path: Path): Finding {
  const values = issue.values.map(String);
  const found = String(issue.input);
  return {
    code: 'wrong-value',
    message: `${placeOf(path)} cannot be "${found}"; expected ${values.join(' or ')}`,
    advice: suggestion(found, values),
    path,
  };
}

/** Of a union, the branch that got furthest is the one that was meant. */
function unionFindings(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  schema: z.ZodType,
  path: Path,
): Finding[] {
  const branches = issue.errors.filter((branch) => !branch.some(isWrongKind));
  const meant = branches[0];
  if (meant) return schemaFindings(meant, schema, path);
  const expected = issue.errors.flatMap((branch) =>
    branch.flatMap((one) =>
      one.code === 'invalid_type' ? [KINDS[one.expected] ?? one.expected] : [],
    ),
  );
  const message = `${placeOf(path)} must be ${[...new Set(expected)].join(' or ')}`;
  return [{ code: 'wrong-type', message, path }];
}

function isWrongKind(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  // A mapping or a list where one of some words is expected.
  const isNoWord = issue.code === 'invalid_value' && typeof issue.input === 'object';
  return issue.code === 'invalid_type' || isNoWord;
}

/** `services.cart`, `faults[0].delay`, or the document. */
export function placeOf(path: Path): string {
  if (path.length === 0) return 'the document';
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`,
    '',
  );
}
