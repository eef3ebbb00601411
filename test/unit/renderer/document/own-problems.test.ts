import { expect, it } from 'vitest';
import { isOwn } from '../../../../src-renderer/document/own-problems.ts';

it.each([
  ['faultline.yaml', '/shop/faultline.yaml', true],
  ['/shop/faultline.yaml', '/shop/faultline.yaml', true],
  ['faultline.yaml', 'C:\\shop\\faultline.yaml', true],
  ['docker-compose.yml', '/shop/faultline.yaml', false],
  ['../faultline.yaml.d/compose.yaml', '/shop/faultline.yaml', false],
])('a problem in %s is of the document %s: %s', (file, path, own) => {
  const problem = { code: 'x', severity: 'error' as const, message: '', file, line: 1, column: 1 };
  expect(isOwn(problem, path)).toBe(own);
});
