import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import type { LimitsConfig } from '../../../src-main/proxy/config.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { TestHop } from '../../support/hop.ts';
import { http2Client } from '../../support/http2-service.ts';
import { Flag, FrameType, fieldBlock, get, post, rawHttp2 } from '../../support/raw-http2.ts';
import type { Frame, RawHttp2 } from '../../support/raw-http2.ts';
import { startService } from '../../support/service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const errors = { INTERNAL_ERROR: 2, REFUSED_STREAM: 7, ENHANCE_YOUR_CALM: 11 } as const;
const WHOLE = Flag.END_STREAM | Flag.END_HEADERS;

/** In front of a service of HTTP/1.1, where a second request that was smuggled would arrive. */
async function attacked(limits: Partial<LimitsConfig> = {}): Promise<{
  hop: TestHop;
  raw: RawHttp2;
  /** Their lines. */
  arrived: string[];
  /** Their names and values by turns. */
  heads: string[][];
}> {
  const arrived: string[] = [];
  const heads: string[][] = [];
  const service = stack.add(
    await startService((request, response) => {
      arrived.push(`${request.method} ${request.url}`);
      heads.push(request.rawHeaders);
      request.resume();
      request.on('end', () => response.end('fine'));
      request.on('error', () => undefined);
    }),
  );
  const hop = stack.add(await startHop({ service: service.port, limits, speaks: 'http/1.1' }));
  return { hop, raw: stack.add(rawHttp2(hop.port)), arrived, heads };
}

/** In front of a service that never answers. */
async function stalled(limits: Partial<LimitsConfig>): Promise<{ raw: RawHttp2 }> {
  const service = stack.add(await startService(() => undefined));
  const hop = stack.add(await startHop({ service: service.port, limits, speaks: 'http/1.1' }));
  return { raw: stack.add(rawHttp2(hop.port)) };
}

const of = (raw: RawHttp2, type: number): Frame[] =>
  raw.frames().filter((frame) => frame.type === type);

const goawayCode = (raw: RawHttp2): number | undefined =>
  of(raw, FrameType.GOAWAY).at(-1)?.payload.readUInt32BE(4);

/** That the proxy is well, and that others are served. */
async function servesOthers(hop: TestHop): Promise<void> {
  const other = stack.add(http2Client(hop.port));
  await eventually(async () => expect((await other.send({ ':path': '/other' })).status).toBe(200));
}

describe('a flood of HTTP/2 frames', () => {
  it('of PINGs is ended', async () => {
    const { hop, raw } = await attacked();
    // Nobody reads the acknowledgements: they would pile up.
    raw.socket.pause();
    const ping = Buffer.alloc(8);
    await eventually(() => {
      for (let i = 0; i < 5000; i++) raw.send(FrameType.PING, 0, 0, ping);
      raw.socket.resume();
      return raw.closed();
    });
    await servesOthers(hop);
  });

  it('of SETTINGS is ended', async () => {
    const { hop, raw } = await attacked();
    raw.socket.pause();
    await eventually(() => {
      for (let i = 0; i < 5000; i++) raw.send(FrameType.SETTINGS, 0, 0);
      raw.socket.resume();
      return raw.closed();
    });
    await servesOthers(hop);
  });

  it('of CONTINUATIONs without an end is ended', async () => {
    const { hop, raw, arrived } = await attacked();
    raw.request(1, get(), Flag.END_STREAM);
    for (let i = 0; i < 100; i++) {
      raw.send(FrameType.CONTINUATION, 0, 1, fieldBlock([[`x-${i}`, 'a'.repeat(100)]]));
    }
    await eventually(() => expect(raw.closed()).toBe(true));
    expect(arrived).toEqual([]);
    await servesOthers(hop);
  });

  it('of DATA without a byte is ended', async () => {
    const { hop, raw } = await attacked();
    raw.request(1, post(), Flag.END_HEADERS);
    await eventually(() => {
      for (let i = 0; i < 2000; i++) raw.send(FrameType.DATA, 0, 1);
      return raw.closed() || of(raw, FrameType.RST_STREAM).length > 0;
    });
    await servesOthers(hop);
  });

  it('of requests that are reset at once is ended', async () => {
    const { hop, raw } = await attacked();
    for (let i = 0; i < 3000; i++) {
      raw.request(2 * i + 1, get(), WHOLE);
      raw.send(FrameType.RST_STREAM, 0, 2 * i + 1, Buffer.from([0, 0, 0, 8]));
    }
    await eventually(() => expect(raw.closed()).toBe(true));
    expect([errors.ENHANCE_YOUR_CALM, errors.INTERNAL_ERROR]).toContain(goawayCode(raw));
    await servesOthers(hop);
  });

  it('of requests that make the proxy reset them is ended', async () => {
    const { hop, raw } = await attacked();
    for (let i = 0; i < 3000; i++) {
      raw.request(2 * i + 1, get(), WHOLE);
      // RFC 9113 §6.9: an increment of nothing is an error of the stream.
      raw.send(FrameType.WINDOW_UPDATE, 0, 2 * i + 1, Buffer.alloc(4));
    }
    await eventually(() => expect(raw.closed()).toBe(true));
    await servesOthers(hop);
  });
});

describe('an HTTP/2 request in front of a service of HTTP/1.1', () => {
  it.each<[string, [string, string][]]>([
    ['a header of a connection', [['transfer-encoding', 'chunked']]],
    ['Connection', [['connection', 'close']]],
    ['an upgrade', [['upgrade', 'h2c']]],
    ['a name in capitals', [['X-Upper', '1']]],
    [
      'two lengths',
      [
        ['content-length', '4'],
        ['content-length', '5'],
      ],
    ],
    ['a length of another body', [['content-length', '3']]],
    ['a TE that is not trailers', [['te', 'gzip']]],
    ['another Host', [['host', 'other']]],
    ['a pseudo-field that nobody knows', [[':admin', '1']]],
    ['a pseudo-field twice', [[':path', '/other']]],
  ])('with %s never reaches it', async (_what, fields) => {
    const { raw, arrived } = await attacked();
    raw.request(1, [...post('/first'), ...fields], Flag.END_HEADERS);
    raw.send(FrameType.DATA, Flag.END_STREAM, 1, Buffer.from('body'));
    // Whatever has come of it, another request of the same connection comes after it.
    const refused = (): boolean => raw.closed() || raw.frames().some(({ stream }) => stream === 1);
    await eventually(refused);
    expect(arrived).toEqual([]);
  });

  // nghttp2 leaves such a field out and says nothing of it; what remains is a request like any other.
  it.each<[string, [string, string][]]>([
    ['a line end in a value', [['x', 'a\r\nx-admin: 1']]],
    ['a NUL in a value', [['x', 'a\0b']]],
    ['a line end in a name', [['x\r\ny', '1']]],
    ['a colon in a name', [['x: 1', '1']]],
  ])('with %s arrives without it, or not at all', async (_what, fields) => {
    const { hop, raw, heads } = await attacked();
    raw.request(1, [...get('/first'), ...fields], WHOLE);
    await eventually(() => raw.closed() || raw.frames().some(({ stream }) => stream === 1));
    await servesOthers(hop);
    for (const head of heads)
      expect(head.filter((text) => /^x|a\r?\n|\0/.test(text))).toEqual([
        'x-forwarded-client-cert',
        'x-request-id',
      ]);
  });

  it('with more body than it told never becomes two', async () => {
    const { raw, arrived } = await attacked();
    raw.request(1, [...post('/first'), ['content-length', '4']], Flag.END_HEADERS);
    const rest = 'bodyGET /smuggled HTTP/1.1\r\nhost: api\r\n\r\n';
    raw.send(FrameType.DATA, Flag.END_STREAM, 1, Buffer.from(rest));
    await eventually(() => of(raw, FrameType.RST_STREAM).length > 0 || raw.closed());
    const other = stack.add(http2Client(raw.socket.remotePort ?? 0));
    expect((await other.send({ ':path': '/other' })).status).toBe(200);
    expect(arrived.filter((line) => line.includes('smuggled'))).toEqual([]);
  });

  it('with trailers that would be headers leaves them out', async () => {
    const { raw, arrived } = await attacked();
    raw.request(1, post('/first'), Flag.END_HEADERS);
    raw.send(FrameType.DATA, 0, 1, Buffer.from('body'));
    const trailers = fieldBlock([
      ['content-length', '40'],
      ['host', 'other'],
      ['x-sum', '1'],
    ]);
    raw.send(FrameType.HEADERS, WHOLE, 1, trailers);
    await eventually(() => expect(raw.frames().some(({ stream }) => stream === 1)).toBe(true));
    const { hop } = await attacked();
    await servesOthers(hop);
    expect(arrived.length).toBeLessThanOrEqual(1);
  });

  it('that is one too many at a time is refused where its caller cannot know the limit yet', async () => {
    const { raw } = await stalled({ concurrentStreams: 3 });
    for (let stream = 1; stream <= 9; stream += 2) raw.request(stream, get(), WHOLE);
    const refused = (): [number, number][] =>
      of(raw, FrameType.RST_STREAM).map(({ stream, payload }) => [stream, payload.readUInt32BE(0)]);
    await eventually(() => expect(refused()).toHaveLength(2));
    expect(refused()).toEqual([
      [7, errors.REFUSED_STREAM],
      [9, errors.REFUSED_STREAM],
    ]);
    expect(raw.closed()).toBe(false);
  });

  it('that is one too many though its caller knows the limit ends the connection', async () => {
    const { raw } = await stalled({ concurrentStreams: 3 });
    await eventually(() => expect(of(raw, FrameType.SETTINGS)).not.toHaveLength(0));
    raw.send(FrameType.SETTINGS, Flag.ACK, 0);
    for (let stream = 1; stream <= 9; stream += 2) raw.request(stream, get(), WHOLE);
    await eventually(() => expect(raw.closed()).toBe(true));
  });

  it('with a head over the limits is refused', async () => {
    const { hop } = await attacked({ headBytes: 4096, headerCount: 20 });
    const client = stack.add(http2Client(hop.port));
    const many = Object.fromEntries(Array.from({ length: 22 }, (_, i) => [`x-${i}`, '1']));
    expect((await client.send(many)).status).toBe(431);
    const large = await client.send({ 'x-large': 'a'.repeat(30_000) });
    expect(large.status === 431 || large.code !== 0).toBe(true);
    expect((await client.send({})).status).toBe(200);
  });
});

describe('an HTTP/2 caller that does nothing', () => {
  it('and owes a body is told so in time', async () => {
    const { raw } = await attacked({ bodyIdleTimeout: 50 });
    raw.request(1, post(), Flag.END_HEADERS);
    await eventually(() => expect(of(raw, FrameType.HEADERS)).toHaveLength(1));
    await eventually(() => expect(of(raw, FrameType.RST_STREAM)).toHaveLength(1));
  });

  it('but keep its connection loses it in time', async () => {
    const { raw } = await attacked({ keepAliveTimeout: 50 });
    await eventually(() => expect(raw.closed()).toBe(true));
    expect(goawayCode(raw)).toBe(0);
  });

  it('any more on its connection takes its requests with it', async () => {
    let [come, gone] = [0, 0];
    const service = stack.add(
      await startService((request) => {
        come++;
        request.socket.on('close', () => gone++);
      }),
    );
    const hop = stack.add(await startHop({ service: service.port, speaks: 'http/1.1' }));
    const raw = stack.add(rawHttp2(hop.port));
    raw.request(1, get(), WHOLE);
    await eventually(() => expect(come).toBe(1));
    raw.socket.end();
    await eventually(() => expect(raw.closed()).toBe(true));
    await eventually(() => expect(gone).toBe(1));
  });
});
