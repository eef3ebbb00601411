import { beforeEach, describe, expect, it } from 'vitest';
import { delta, traceView } from '../../../src-main/api/contract/index.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { Hop, MirrorComparison } from '../../../src-main/proxy/hop.ts';
import { Telemetry } from '../../../src-main/telemetry/telemetry.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { batch, hop } from '../../support/hops.ts';

let clock: FakeClock;
let telemetry: Telemetry;
let workers = 0;

beforeEach(() => {
  clock = new FakeClock();
  telemetry = new Telemetry(clock);
});

const span = (name: string): string => name.repeat(16).slice(0, 16);

function ingest(...hops: Partial<Hop>[]): void {
  const duration = 10;
  const start = clock.wall() - duration;
  telemetry.ingest(workers++, batch(hops.map((given) => hop({ start, duration, ...given }))));
}

function shadow(
  comparison: Partial<MirrorComparison> = {},
  given: Partial<Hop> = {},
): Partial<Hop> {
  const mirror: MirrorComparison = {
    compared: true,
    statusDiffers: false,
    bodyDiffers: false,
    primaryStatus: 200,
    primaryGrpcStatus: -1,
    primaryDuration: 20,
    primaryBytes: 4,
    ...comparison,
  };
  const flags = HopFlag.MTLS | HopFlag.MIRROR;
  return { spanId: span('5'), destinationVersion: 'v2', flags, mirror, ...given };
}

describe('shadows', () => {
  it('are counted by themselves, and in no figure of what callers waited for', () => {
    ingest({}, shadow(), shadow({ statusDiffers: true }, { status: 500, duration: 40 }));
    const [edge] = telemetry.tick().edges;
    expect(edge).toMatchObject({ errorShare: 0, flow: { ok: 1, failed: 0 } });
    expect(Object.keys(edge?.versions ?? {})).toEqual(['v1']);
    expect(edge?.p99).toBeLessThan(11);
    expect(edge?.mirrors).toMatchObject({
      v2: { compared: 2, statusDiffers: 0.5, bodyDiffers: 0 },
    });
    expect(edge?.mirrors?.['v2']?.rate).toBeGreaterThan(0);
  });

  it('tell their latency beside that of the same requests', () => {
    for (let i = 0; i < 10; i++) ingest(shadow({}, { duration: i === 9 ? 100 : 10 }));
    const figures = telemetry.tick().edges[0]?.mirrors?.['v2'];
    expect(figures?.p50).toBeCloseTo(10, 0);
    expect(figures?.p99).toBeGreaterThan(97);
    expect([figures?.primaryP50, figures?.primaryP99].map((ms) => Math.round(ms ?? 0))).toEqual([
      20, 20,
    ]);
  });

  it('without an answer are a share of their own, and compared with nothing', () => {
    const lost = { compared: false };
    ingest(
      shadow(),
      shadow({ bodyDiffers: true }),
      shadow(lost, { status: 0, failure: 'timeout' }),
    );
    expect(telemetry.tick().edges[0]?.mirrors?.['v2']).toMatchObject({
      compared: 2,
      bodyDiffers: 0.5,
      unansweredShare: 1 / 3,
    });
  });

  it('make an edge to a service that nobody calls, and are forgotten when they stop', () => {
    ingest(shadow({}, { destinationService: 'audit', destinationVersion: 'v1' }));
    const { at, edges, nodes } = telemetry.tick();
    expect(edges).toMatchObject([{ to: 'audit', rate: 0, mirrors: { v1: { compared: 1 } } }]);
    expect(delta.parse({ kind: 'tick', at, edges, nodes })).toMatchObject({ edges });
    clock.advance(10_000);
    expect(telemetry.tick().edges).toEqual([]);
  });
});

describe('a trace with a shadow', () => {
  const own = { spanId: span('1') };
  /** What the shadowed service saw, and called itself. */
  const below: Partial<Hop>[] = [
    { direction: 'inbound', spanId: span('6'), parentId: span('5'), status: 500 },
    {
      direction: 'outbound',
      spanId: span('7'),
      parentId: span('6'),
      sourceService: 'orders',
      destinationService: 'ledger',
      status: 503,
      faults: 'broken',
    },
  ];

  it('is one request, of which the shadow is no part', () => {
    ingest(own, shadow({}, { status: 500 }), ...below);
    clock.advance(1000);
    const { requests } = telemetry.tick();
    expect(requests).toMatchObject([
      { status: 200, hops: 1, failedInside: false, faults: [], services: ['gateway', 'orders'] },
    ]);
  });

  it('shows it, with what differs and all that came of it', async () => {
    ingest(own, shadow({ statusDiffers: true }, { status: 500 }), ...below);
    const view = await telemetry.trace('a'.repeat(32));
    expect(view?.hops.map(({ spanId, shadow: is }) => [spanId[0], is])).toEqual([
      ['1', undefined],
      ['5', true],
      ['6', true],
      ['7', true],
    ]);
    expect(view?.hops[1]?.mirror).toMatchObject({ statusDiffers: true, primaryStatus: 200 });
    expect(view?.hops[1]?.flags).toContain('MIRROR');
    expect(traceView.strict().parse(view)).toEqual(view);
  });
});
