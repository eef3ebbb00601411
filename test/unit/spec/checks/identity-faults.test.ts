import { describe, expect, it } from 'vitest';
import { readFault, writeFault } from '../../../../src-main/spec/document/fault-text.ts';
import { meshOf, problemsOf } from '../document/sample.ts';

const HEAD =
  'mesh: m\nservices: { a: { command: x }, b: { command: x, mtls: disabled }, c: { command: x, protocol: tcp } }\n';
const withFault = (to: string, identity: string): string =>
  `${HEAD}faults:\n  - { name: f, to: ${to}, identity: ${identity} }\n`;

describe('a fault of identity in a document', () => {
  it('is the caller who shows it, in every request, where nothing else is said', () => {
    expect(meshOf(withFault('a', '{ shows: expired }')).faults[0]?.identity).toEqual({
      shows: 'expired',
      side: 'client',
      percentage: 100,
    });
  });

  it('is written as a person would', () => {
    const input = { name: 'f', to: 'a', identity: { shows: 'expired' as const } };
    expect(writeFault(readFault(input, {}), undefined)).toEqual(input);
    const server = {
      ...input,
      identity: { ...input.identity, side: 'server' as const, percentage: 5 },
    };
    expect(writeFault(readFault(server, {}), undefined)).toEqual(server);
  });

  it.each([
    ['a', '{ shows: plainText, side: server }', ['4:23 wrong-value']],
    ['a', '{ shows: nothing }', ['4:42 wrong-value']],
    ['b', '{ shows: expired }', ['4:23 never-acts']],
    ['c', '{ shows: expired }', []],
    ['a', '{ shows: wrongSpiffeId, side: server }', []],
  ])('to %s as %s', (to, identity, expected) => {
    const found = problemsOf(withFault(to, identity)).map((text) =>
      text.split(' ').slice(0, 2).join(' '),
    );
    expect(found).toEqual(expected);
  });
});
