/** Requests that were asked for, as pages and entries of an HTTP Archive; their secrets are masked. */
import type { HarEntry, HarPage } from '../telemetry/output/har.ts';
import { harEntry, harPage } from '../telemetry/output/har.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

export interface HarWanted {
  readonly traceId: string;
  /** Of the one hop that is wanted; absent: all hops of callers. */
  readonly spanId?: string | undefined;
}

/** As the contract has it: a mapping that may hold more than it says. */
type Plain<T> = { [K in keyof T]: T[K] };

export interface HarPart {
  readonly pages: Plain<HarPage>[];
  readonly entries: Plain<HarEntry>[];
  /** Of which nothing is kept any more. */
  readonly forgotten: number;
}

export async function harPart(
  telemetry: Pick<Telemetry, 'trace' | 'exchange'>,
  wanted: readonly HarWanted[],
): Promise<HarPart> {
  const pages = new Map<string, HarPage>();
  const entries: HarEntry[] = [];
  let forgotten = 0;
  for (const { traceId, spanId } of wanted) {
    const trace = await telemetry.trace(traceId);
    const hops = (trace?.hops ?? []).filter(
      (hop) => hop.direction !== 'inbound' && (spanId === undefined || hop.spanId === spanId),
    );
    const [first] = hops;
    if (!first) forgotten++;
    else pages.set(traceId, harPage(traceId, first.start, `${first.method} ${first.path}`));
    for (const hop of hops) {
      const kept = hop.captured ? await telemetry.exchange(traceId, hop.spanId, false) : undefined;
      entries.push(harEntry(traceId, hop, kept?.shown));
    }
  }
  return { pages: [...pages.values()], entries, forgotten };
}
