import { describe, expect, it } from 'vitest';
import { isOwnHost, isOwnOrigin, isToken } from '../../../src-main/api/admission.ts';

const PORT = 4100;

describe('the Host header', () => {
  it.each(['127.0.0.1:4100', 'localhost:4100', '[::1]:4100'])('may be %s', (host) => {
    expect(isOwnHost({ host }, PORT)).toBe(true);
  });

  it.each([
    'evil.example:4100',
    '127.0.0.1.evil.example:4100',
    'localhost.evil.example:4100',
    '127.0.0.1:4101',
    '127.0.0.1',
    '127.0.0.1:4100:4100',
    'evil.example:80@127.0.0.1:4100',
    '',
  ])('may not be %j', (host) => {
    expect(isOwnHost({ host }, PORT)).toBe(false);
  });

  it('may not be missing', () => {
    expect(isOwnHost({}, PORT)).toBe(false);
  });
});

describe('the Origin header', () => {
  it.each([undefined, 'http://127.0.0.1:4100', 'http://localhost:4100'])('may be %j', (origin) => {
    expect(isOwnOrigin(origin === undefined ? {} : { origin }, PORT)).toBe(true);
  });

  it.each([
    'null',
    'file://',
    'https://evil.example',
    'http://localhost:3000',
    'https://localhost:4100',
    'http://localhost:4100.evil.example',
    '',
  ])('may not be %j', (origin) => {
    expect(isOwnOrigin({ origin }, PORT)).toBe(false);
  });
});

describe('the token', () => {
  it('must be the very same text', () => {
    expect(isToken('secret', 'secret')).toBe(true);
  });

  it.each([null, '', 'secre', 'secrets', 'Secret', 'sécret'])('may not be %j', (given) => {
    expect(isToken(given, 'secret')).toBe(false);
  });
});
