import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../../src-main/base/disposable.ts';
import type { CapturedExchange } from '../../../../src-main/proxy/capture/captured.ts';
import { CaptureStore } from '../../../../src-main/telemetry/capture/capture-store.ts';
import { keep, maskExchange } from '../../../../src-main/telemetry/capture/kept-exchange.ts';
import type { KeptExchange } from '../../../../src-main/telemetry/capture/kept-exchange.ts';
import { RingFile } from '../../../../src-main/telemetry/store/ring-file.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const JSON_TYPE = ['content-type', 'application/json'] as const;

function exchange(given: Partial<CapturedExchange> = {}): CapturedExchange {
  const body = Buffer.from('{"card":"1","token":"t-123"}');
  return {
    capture: 'c',
    traceId: 't',
    spanId: 's',
    isFinal: true,
    isBodiless: false,
    request: {
      method: 'POST',
      path: '/charge?api_key=k-123',
      host: 'payments',
      protocol: 'http/1.1',
      headers: [JSON_TYPE, ['authorization', 'Bearer b-123']],
      body,
      bodyBytes: body.length,
      trailers: [],
    },
    response: {
      status: 200,
      headers: [['set-cookie', 'id=c-123; Path=/']],
      body: Buffer.from([0, 255, 1, 254]),
      bodyBytes: 4,
      trailers: ['x-api-key', 'k-123'],
    },
    ...given,
  };
}

/** All that can be read of it. */
function textOf(kept: KeptExchange): string {
  const bodies = [kept.request.body, kept.response?.body ?? new Uint8Array(0)];
  return JSON.stringify(kept) + bodies.map((body) => Buffer.from(body).toString()).join();
}

describe('what is captured', () => {
  it('has no secret any more where it is masked, before it is kept', async () => {
    const kept = await keep(exchange(), true);
    expect(textOf(kept)).not.toMatch(/[tbkc]-123/);
    expect(kept.masked).toBe(true);
    expect(Buffer.from(kept.request.body).toString()).toBe('{"card":"1","token":"***"}');
    expect(kept.response?.body).toEqual(Buffer.from([0, 255, 1, 254]));
  });

  it('is as it was where it is not masked, and can be masked to be shown', async () => {
    const kept = await keep(exchange(), false);
    expect(textOf(kept)).toMatch(/t-123/);
    expect(textOf(maskExchange(kept))).not.toMatch(/[tbkc]-123/);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('is read through %s, and masked inside of it', async (coding, compress) => {
    const body = compress(Buffer.from('{"password":"p-123","n":1}'));
    const request = {
      ...exchange().request,
      headers: [JSON_TYPE, ['content-encoding', coding] as const],
      body,
      bodyBytes: body.length,
    };
    const kept = await keep(exchange({ request }), true);
    expect(Buffer.from(kept.request.body).toString()).toBe('{"password":"***","n":1}');
    expect(kept.request).toMatchObject({ decoded: coding, lacks: '' });
  });

  it('is read as far as it goes where a compressed body was cut', async () => {
    const whole = gzipSync(Buffer.from(JSON.stringify({ text: 'x'.repeat(10_000), n: Math.PI })));
    const request = {
      ...exchange().request,
      headers: [JSON_TYPE, ['content-encoding', 'gzip'] as const],
      body: whole.subarray(0, whole.length - 12),
      bodyBytes: whole.length,
    };
    const kept = await keep(exchange({ request }), true);
    expect(kept.request.lacks).toBe('cut');
    expect(Buffer.from(kept.request.body).toString()).toMatch(/^{"text":"xxx/);
  });

  it('has no body where nobody can look for secrets in it', async () => {
    const headers = [['content-encoding', 'zstd'] as const];
    const request = { ...exchange().request, headers };
    const masked = await keep(exchange({ request }), true);
    expect(masked.request.lacks).toBe('cannot-be-masked');
    expect(masked.request.body).toHaveLength(0);
    expect((await keep(exchange({ request }), false)).request.body).toHaveLength(28);
  });
});

describe('the store of messages', () => {
  let store: CaptureStore;
  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'faultline-captures-'));
    stack.add({ close: () => rm(folder, { recursive: true }) });
    store = new CaptureStore();
    store.useFile(stack.add(await RingFile.open(folder, 10_000, () => undefined)));
  });

  it('gives them back as they were, answer or none', async () => {
    const kept = await keep(exchange(), false);
    const { response: _, ...unanswered } = exchange({ spanId: 'other' });
    const lonely = await keep(unanswered, false);
    expect([store.add(kept), store.add(lonely)]).toEqual([true, true]);
    expect(await store.get('t', 's')).toEqual(kept);
    expect(await store.get('t', 'other')).toEqual(lonely);
    expect(store.spans('t')).toEqual(['s', 'other']);
    expect(await store.get('t', 'none')).toBeUndefined();
  });

  it('forgets the oldest', async () => {
    for (let i = 0; i < 50; i++) {
      store.add(await keep(exchange({ traceId: `t${i}`, spanId: `s${i}` }), true));
    }
    expect(store.spans('t0')).toEqual([]);
    expect(await store.get('t0', 's0')).toBeUndefined();
    expect((await store.get('t49', 's49'))?.traceId).toBe('t49');
  });

  it('says that it keeps nothing where there is no disk', async () => {
    expect(new CaptureStore().add(await keep(exchange(), true))).toBe(false);
  });
});
