import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELDS, parseFilter } from '../../../../src-main/api/contract/index.ts';
import { requestOf } from '../../../support/request.ts';

const request = requestOf({
  method: 'POST',
  path: '/api/checkout?who=ada',
  status: 503,
  failure: 'upstream-reset',
  failed: true,
  failedInside: true,
  duration: 250,
  hops: 7,
  faults: ['slow-payments'],
  flags: ['retry', 'delay-injected'],
});

function fits(text: string, given = {}): boolean {
  const filter = parseFilter(text);
  expect(filter.problems).toEqual([]);
  return filter.fits({ ...request, ...given });
}

describe('words that stand alone', () => {
  it.each([
    ...['', 'checkout', 'orders post', '5xx', '503', 'failed injected', 'slow', 'abc'],
    ...['-cart', '"who=ada"', '!4xx'],
  ])('%j lets it through', (text) => {
    expect(fits(text)).toBe(true);
  });

  it.each(['cart', '4xx', '500', 'orders get', '-orders', '"5xx"'])('%j does not', (text) => {
    expect(fits(text)).toBe(false);
  });

  it.each(['g14', 'unavailable', 'grpc', '200'])('%j finds a call of gRPC', (text) => {
    expect(fits(text, { status: 200, grpcStatus: 14 })).toBe(true);
  });
});

describe('fields', () => {
  it.each([
    ...['service:orders', 'service:gateway', 'from:gateway to:storefront', 'service:cart,orders'],
    ...['status:503', 'status:5xx', 'status:>=500', 'status:500..599', 'status:404,503'],
    ...['method:post', 'path:/api/*', 'path:*who=*', 'path:/api/checkout?who=ada'],
    ...['latency:>200ms', 'latency:<=0.25s', 'latency:200ms..1s', 'hops:>5', 'hops:7'],
    ...['fault:slow-payments', 'fault:slow-*', 'fault:*', 'flag:retry', 'flag:DELAY_INJECTED'],
    ...['failure:upstream-reset', 'trace:abc', 'is:failed', 'is:injected', '-is:captured'],
    ...['-service:cart', 'SERVICE:orders', 'path:"/api/checkout?who=ada"'],
  ])('%s lets it through', (text) => {
    expect(fits(text)).toBe(true);
  });

  it.each([
    ...['service:cart', 'service:order', 'from:orders', 'status:500', 'status:<500', 'status:4xx'],
    ...['method:GET', 'path:/checkout', 'path:/api', 'latency:>1s', 'latency:<200ms', 'hops:<7'],
    ...['fault:fast', '-fault:*', 'flag:timeout', 'trace:bc', 'is:failed-inside', 'grpc:*'],
    ...['path:/api/checkout*checkout*'],
  ])('%s does not', (text) => {
    expect(fits(text)).toBe(false);
  });

  it.each(['grpc:14', 'grpc:unavailable', 'grpc:>0', 'grpc:*', 'grpc:13..14'])(
    '%s finds a call of gRPC',
    (text) => {
      expect(fits(text, { status: 200, grpcStatus: 14 })).toBe(true);
      expect(fits(text, { status: 200, grpcStatus: -1 })).toBe(false);
    },
  );
});

describe('what cannot be understood', () => {
  it.each([
    ['service:a colour:red', 10, 20, 'there is no field "colour"'],
    ['status:abc', 7, 10, 'status: a status such as'],
    ['cart latency:>200', 13, 17, 'latency: a time such as'],
    ['status:', 7, 7, 'is expected'],
    ['path:"/a', 5, 8, 'the quotation mark is not closed'],
    ['a -', 2, 3, 'a word is expected'],
    ['trace:xyz', 6, 9, 'hexadecimal digits'],
    ['is:odd', 3, 6, 'one of failed'],
    ['status:500,abc', 7, 14, 'a status such as'],
  ])('%j is told with its place', (text, from, to, message) => {
    const { problems } = parseFilter(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ from, to });
    expect(problems[0]?.message).toContain(message);
  });

  it('leaves the other terms as they are', () => {
    const filter = parseFilter('colour:red service:orders');
    expect(filter.terms.map(({ field, value }) => [field, value])).toEqual([['service', 'orders']]);
    expect(filter.fits(request)).toBe(true);
  });
});

it('the place of every term is its place in the text, whatever is typed', () => {
  const piece = fc.oneof(
    fc.constantFrom(...Object.keys(FIELDS).map((name) => `${name}:`)),
    fc.string({ maxLength: 6 }),
    fc.constantFrom('-', '!', '"', ' ', '*', '..', '>', '5xx', '\\'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const { terms, problems, fits: test } = parseFilter(text);
      for (const { from, to } of [...terms, ...problems]) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(text.length);
        expect(from).toBeLessThanOrEqual(to);
      }
      expect(typeof test(request)).toBe('boolean');
    }),
  );
});
