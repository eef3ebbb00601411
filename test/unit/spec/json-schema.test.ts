import { expect, it } from 'vitest';
import { meshJsonSchema } from '../../../src-main/spec/json-schema.ts';
import { meshReference } from '../../../src-main/spec/reference.ts';

it('the shipped JSON Schema is what documents are checked with (else: npm run golden:update)', async () => {
  const text = `${JSON.stringify(meshJsonSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../../schema/faultline.schema.json');
});

it('the reference is what documents are checked with (else: npm run golden:update)', async () => {
  await expect(meshReference()).toMatchFileSnapshot('../../../schema/reference.md');
});
