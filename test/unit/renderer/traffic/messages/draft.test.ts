import { describe, expect, it } from 'vitest';
import { outgoingRequest } from '../../../../../src-main/api/contract/index.ts';
import type { HopView } from '../../../../../src-main/api/contract/index.ts';
import {
  draftOf,
  outgoingOf,
  problemsOf,
} from '../../../../../src-renderer/traffic/messages/draft.ts';
import { request } from './exchange.ts';

const gateway = { direction: 'gateway', destination: 'web', protocol: 'http/1.1' } as HopView;
const inside = {
  direction: 'outbound',
  node: 'orders-v1-0',
  source: 'orders',
  destination: 'payments',
  protocol: 'h2',
} as HopView;

describe('a request that is changed by hand', () => {
  it('begins as it was, without what is written anew', () => {
    const asked = request({
      method: 'POST',
      path: '/charge',
      headers: [
        ['content-length', '2'],
        ['content-encoding', 'gzip'],
        ['x-a', '1'],
      ],
      decoded: 'gzip',
      body: 'hi',
    });
    expect(draftOf(asked)).toEqual({
      method: 'POST',
      path: '/charge',
      headers: 'x-a: 1',
      body: 'hi',
      bytes: undefined,
    });
  });

  it('goes the way that its caller went', () => {
    const draft = draftOf(request({ headers: [['x-a', '1: 2']], body: 'ä' }));
    const out = outgoingOf(draft, inside, true);
    expect(outgoingRequest.parse(out)).toEqual({
      from: 'orders',
      instance: 'orders-v1-0',
      to: 'payments',
      protocol: 'h2',
      method: 'GET',
      path: '/',
      headers: [['x-a', '1: 2']],
      body: Buffer.from('ä').toString('base64'),
      masked: true,
    });
    expect(outgoingOf(draft, gateway, false)).toMatchObject({ from: 'gateway', masked: false });
  });

  it('keeps a body that is no text as it is', () => {
    const body = Uint8Array.from([0, 255]);
    const draft = draftOf(request({ body }));
    expect(draft.body).toBe('');
    expect(outgoingOf(draft, gateway, true).body).toBe(Buffer.from(body).toString('base64'));
  });

  it('is told what is wrong with it', () => {
    const draft = draftOf(request());
    expect(problemsOf(draft)).toEqual({});
    expect(problemsOf({ ...draft, method: 'GE T' }).method).toBeDefined();
    expect(problemsOf({ ...draft, path: 'x' }).path).toBeDefined();
    expect(problemsOf({ ...draft, path: '/a b' }).path).toBeDefined();
    expect(problemsOf({ ...draft, headers: 'a: 1\n\nnonsense' }).headers).toContain('Line 3');
    expect(problemsOf({ ...draft, headers: 'a: 1\rb: 2' }).headers).toContain('Line 1');
  });
});
