/**
 * A program: what an engine needs in memory to keep 50,000 requests of eight hops each, given as a
 * data plane's worker gives them. Prints a line of JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HopWriter } from '../../src-main/proxy/hop-writer.ts';
import { Telemetry } from '../../src-main/telemetry/telemetry.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { hop } from '../support/hops.ts';

export interface HistoryFigures {
  /** More than before the first request, bytes. */
  readonly memory: number;
  readonly requests: number;
  /** Hops that are found of the oldest request, and of the newest. */
  readonly oldest: number;
  readonly newest: number;
}

const REQUESTS = 50_000;
const PER_SECOND = 600;
const TICK = 250;
/** Each calls the next one. */
const CHAIN = ['gateway', 'storefront', 'orders', 'payments', 'ledger'];
const LONGEST = 1_000;

const id = (value: number, length: number): string => value.toString(16).padStart(length, '0');

/** The hops of one request, the last one first, as they end: two for each call. */
function write(writer: HopWriter, request: number, start: number): void {
  const traceId = id(request + 1, 32);
  const span = (i: number): string => id((request + 1) * 16 + i + 1, 16);
  for (let i = CHAIN.length - 2; i >= 0; i--) {
    const [from = '', to = ''] = CHAIN.slice(i);
    const call = { traceId, requestId: `request-${request}`, start, path: `/items/${request}` };
    const of = { sourceService: from, destinationService: to, destinationInstance: `${to}-v1-0` };
    const inbound = { node: `${to}-v1-0`, direction: 'inbound', parentId: span(2 * i) } as const;
    const node = from === 'gateway' ? from : `${from}-v1-0`;
    const direction = from === 'gateway' ? 'gateway' : 'outbound';
    const parentId = i === 0 ? '' : span(2 * i - 1);
    writer.write(hop({ ...call, ...of, ...inbound, spanId: span(2 * i + 1) }));
    writer.write(hop({ ...call, ...of, node, direction, parentId, spanId: span(2 * i) }));
  }
}

async function fill(telemetry: Telemetry, clock: FakeClock): Promise<void> {
  const writer = new HopWriter((batch) => telemetry.ingest(0, batch));
  const each = Math.round((PER_SECOND * TICK) / 1000);
  for (let request = 0; request < REQUESTS; request++) {
    write(writer, request, clock.wall() - 10);
    if (request % each !== each - 1) continue;
    writer.flush();
    clock.advance(TICK);
    telemetry.tick();
    // As on a running machine: the disk takes what it was given.
    await new Promise((resolve) => setImmediate(resolve));
  }
  writer.flush();
  clock.advance(LONGEST);
  telemetry.tick();
}

async function hopsOf(telemetry: Telemetry, request: number): Promise<number> {
  return (await telemetry.trace(id(request + 1, 32)))?.hops.length ?? 0;
}

const folder = mkdtempSync(join(tmpdir(), 'faultline-bench-'));
try {
  const clock = new FakeClock(Date.now());
  const telemetry = new Telemetry(clock);
  await telemetry.open(folder, (error) => {
    throw error;
  });
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  await fill(telemetry, clock);
  const memory = process.memoryUsage().rss - before;
  const { kept } = await telemetry.requests({ fits: () => true, limit: 1 });
  const figures: HistoryFigures = {
    memory,
    requests: kept,
    oldest: await hopsOf(telemetry, 0),
    newest: await hopsOf(telemetry, REQUESTS - 1),
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  await telemetry.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
