import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const lint = new ESLint();

/** The rules that a text breaks as the content of a file that is there. */
async function broken(filePath: string, text: string): Promise<(string | null)[]> {
  const [result] = await lint.lintText(text, { filePath });
  return result?.messages.map(({ ruleId, message }) => ruleId ?? message) ?? [];
}

describe('lint', { timeout: 60_000 }, () => {
  it.each([
    [
      'the sort of time that tests cannot pause',
      'src-main/proxy/proxy.ts',
      'export const now = Date.now();',
      'no-restricted-properties',
    ],
    [
      'chance that tests cannot repeat',
      'src-main/telemetry/telemetry.ts',
      'export const some = Math.random();',
      'no-restricted-properties',
    ],
    [
      'a timer of its own in the data plane',
      'src-main/proxy/proxy.ts',
      'setTimeout(() => {}, 5);',
      'no-restricted-globals',
    ],
    [
      'a wait for milliseconds in a test',
      'test/unit/lint.test.ts',
      'setTimeout(() => {}, 5);',
      'no-restricted-globals',
    ],
    [
      'a read that holds up requests',
      'src-main/api/server.ts',
      "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;",
      'no-restricted-imports',
    ],
    ['a default export', 'src-main/base/ring.ts', 'export default 7;', 'no-restricted-syntax'],
    [
      'a promise that nobody waits for',
      'src-main/base/ring.ts',
      'export function f(): void {\n  Promise.resolve(7);\n}',
      '@typescript-eslint/no-floating-promises',
    ],
    [
      'a function longer than a screen',
      'src-main/base/ring.ts',
      `export function f(): void {\n${'  f();\n'.repeat(60)}}`,
      'max-lines-per-function',
    ],
    ['talk to the console', 'src-main/base/ring.ts', "console.log('hello');", 'no-console'],
  ])('refuses %s', async (_what, file, text, rule) => {
    expect(await broken(file, `${text}\n`)).toContain(rule);
  });

  it('wants names in kebab-case', async () => {
    expect(await broken('test/soak/RunIt.mjs', 'export const seven = 7;\n')).toContain(
      'local/file-names',
    );
  });

  it('has nothing against good code', async () => {
    expect(await broken('src-main/base/ring.ts', 'export const seven = 7;\n')).toEqual([]);
  });
});
