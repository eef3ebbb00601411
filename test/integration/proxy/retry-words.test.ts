import { request } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import type { RetryConfig } from '../../../src-main/proxy/config/retry.ts';
import { startHop } from '../../support/hop.ts';
import { startService } from '../../support/service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

/** What the caller gets of a service whose first answer is the given one and whose next is 200. */
async function answerAfter(
  first: { status: number; headers?: OutgoingHttpHeaders },
  retry: Partial<RetryConfig>,
): Promise<number> {
  let asked = 0;
  const service = stack.add(
    await startService((_request, response) => {
      if (asked++ === 0) response.writeHead(first.status, first.headers).end();
      else response.end('ok');
    }),
  );
  const usual = { attempts: 1, perTryTimeout: 0, on: [], backOff: { base: 1, max: 2 } };
  const route = { retry: { ...usual, ...retry } };
  const hop = stack.add(await startHop({ service: service.port, route }));
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: hop.port, agent: false }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.on('error', reject).end();
  });
}

describe('a retry', () => {
  it('is made after a status that the policy names, and after no other', async () => {
    const retry = { on: ['retriable-status-codes' as const], statusCodes: [425] };
    expect(await answerAfter({ status: 425 }, retry)).toBe(200);
    expect(await answerAfter({ status: 424 }, retry)).toBe(424);
  });

  it('of what a rate limit refused is made only where that is asked for', async () => {
    const limited = { status: 503, headers: { 'x-envoy-ratelimited': 'true' } };
    expect(await answerAfter(limited, { on: ['5xx'] })).toBe(503);
    expect(await answerAfter(limited, { on: ['5xx', 'envoy-ratelimited'] })).toBe(200);
  });
});
