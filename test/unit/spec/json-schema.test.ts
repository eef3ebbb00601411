import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { meshJsonSchema } from '../../../src-main/spec/json-schema.ts';

describe('the shipped JSON Schema', () => {
  it('is what the document is checked with (else: npm run schema)', () => {
    const shipped: unknown = JSON.parse(readFileSync('schema/faultline.schema.json', 'utf8'));
    expect(shipped).toEqual(JSON.parse(JSON.stringify(meshJsonSchema())));
  });
});
