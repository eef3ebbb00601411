import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LAYERS } from '../../layers.ts';
import { FAILURES } from '../../src-main/proxy/failures.ts';
import { PROBLEM_CODES } from '../../src-main/spec/errors.ts';

const read = (file: string): string => readFileSync(file, 'utf8');

describe('the documents', () => {
  it('list every problem code with its meaning, and none that is not one', () => {
    const rows = read('README.md').matchAll(/^\| `([a-z]+(?:-[a-z]+)+)` +\| (.+?) +\|$/gm);
    const listed = Object.fromEntries([...rows].map(([, code = '', meaning]) => [code, meaning]));
    expect(listed).toEqual(PROBLEM_CODES);
  });

  it('name every failure of the data plane in the life of a request', () => {
    const text = read('src-main/proxy/README.md');
    expect(Object.keys(FAILURES).filter((code) => !text.includes(code))).toEqual([]);
  });

  it('name every layer', () => {
    const text = read('src-main/README.md');
    expect(Object.keys(LAYERS).filter((layer) => !text.includes(`\`${layer}/\``))).toEqual([]);
  });
});
