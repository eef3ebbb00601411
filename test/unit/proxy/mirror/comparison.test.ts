import { describe, expect, it } from 'vitest';
import { HopFlag } from '../../../../src-main/proxy/hop.ts';
import { AnswerDigest, HASHED_BYTES } from '../../../../src-main/proxy/mirror/answer-digest.ts';
import { compare } from '../../../../src-main/proxy/mirror/comparison.ts';
import type { Answer, PrimaryAnswer } from '../../../../src-main/proxy/mirror/comparison.ts';
import { shadowHost } from '../../../../src-main/proxy/mirror/shadow-host.ts';

function digest(...chunks: string[]): string {
  const found = new AnswerDigest();
  for (const chunk of chunks) found.add(Buffer.from(chunk));
  return found.text();
}

const SHADOW: Answer = { status: 200, grpcStatus: -1, body: 'same' };
const PRIMARY: PrimaryAnswer = {
  ...SHADOW,
  duration: 12,
  bytes: 4,
  flags: 0,
  isInjected: false,
};

describe('the digest of an answer', () => {
  it('does not depend on how the body came', () => {
    expect(digest('ab', 'c')).toBe(digest('a', 'bc'));
    expect(digest('abc')).not.toBe(digest('abd'));
    expect(digest()).toBe(digest(''));
  });

  it('looks at the beginning of a long body, and at its length', () => {
    const begin = 'x'.repeat(HASHED_BYTES - 1);
    expect(digest(begin, 'xa')).toBe(digest(`${begin}x`, 'b'));
    expect(digest(begin, 'a')).not.toBe(digest(begin, 'b'));
    expect(digest(begin, 'xa')).not.toBe(digest(begin, 'xab'));
  });
});

describe('two answers', () => {
  it.each<[string, Partial<PrimaryAnswer>, Partial<Answer>, string]>([
    ['that are alike', {}, {}, 'compared'],
    ['with other statuses', {}, { status: 500, body: 'x' }, 'compared statusDiffers'],
    ['with other gRPC statuses', { grpcStatus: 0 }, { grpcStatus: 14 }, 'compared statusDiffers'],
    ['with other bodies', {}, { body: 'x' }, 'compared bodyDiffers'],
    ["of which one is the proxy's own", { body: undefined }, {}, 'compared'],
    ['of which the shadow is missing', {}, { status: 0, body: undefined }, ''],
    ['of which the own one is missing', { status: 0 }, {}, ''],
    ['of which a fault made one', { isInjected: true }, { status: 500 }, ''],
    ['of which nobody got one', { flags: HopFlag.DOWNSTREAM_GONE }, {}, ''],
  ])('%s', (_what, primary, shadow, expected) => {
    const found = compare({ ...PRIMARY, ...primary }, { ...SHADOW, ...shadow });
    const { compared, statusDiffers, bodyDiffers, ...rest } = found;
    const said = Object.entries({ compared, statusDiffers, bodyDiffers }).filter(([, is]) => is);
    expect(said.map(([name]) => name).join(' ')).toBe(expected);
    expect(rest).toMatchObject({ primaryDuration: 12, primaryBytes: 4 });
  });
});

describe('the host of a shadow', () => {
  it.each([
    ['shop', 'shop-shadow'],
    ['shop.localhost:8080', 'shop.localhost-shadow:8080'],
    ['[::1]', '[::1]-shadow'],
    ['', ''],
  ])('of %s is %s', (host, expected) => expect(shadowHost(host)).toBe(expected));
});
