/** Stacks such as many people have, and the mesh that each becomes, with all that is said of it. */
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDocument } from '../../src-main/engine/document/open-document.ts';
import { readDocument } from '../../src-main/engine/document/read-document.ts';
import { fileURLToPath } from 'node:url';

const STACKS = [
  ['compose-voting', 'docker-compose.yml'],
  ['compose-analytics', 'compose.yaml'],
  ['compose-storefront', 'docker-compose.yml'],
] as const;

describe.each(STACKS)('the stack of fixtures/%s', (name, file) => {
  const path = fileURLToPath(new URL(`../../fixtures/${name}/${file}`, import.meta.url));

  it('is the mesh that it was (else: npm run golden:update)', async () => {
    const { path: document, draft = '' } = openDocument(path);
    const { result } = readDocument(draft, { path: document });
    const { problems, mesh } = result.ok
      ? { problems: result.warnings, mesh: result.mesh }
      : { problems: result.problems, mesh: undefined };
    const said = problems.map(
      (one) => `${one.file}:${one.line}:${one.column} ${one.severity} ${one.message}`,
    );
    const text = JSON.stringify({ document: draft.split('\n'), said, mesh }, null, 2);
    const here = `${text.replaceAll(dirname(path), '/stack')}\n`;
    await expect(here).toMatchFileSnapshot(`./${name}.json`);
  });
});
