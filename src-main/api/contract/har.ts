/** Parts of an HTTP Archive 1.2, and the whole of one. */
import { z } from 'zod';

/** Requests that are asked for at once. */
export const MOST_IN_HAR = 100;

export const harRequest = z.object({
  traceId: z.string(),
  /** Of the one hop that is wanted; absent: every exchange that a caller had in the trace. */
  spanId: z.string().exactOptional(),
});

/** `telemetry/output/har.ts` says what else is in them. */
export const harPart = z.object({
  pages: z.array(z.looseObject({ id: z.string() })),
  entries: z.array(z.looseObject({ startedDateTime: z.string(), time: z.number() })),
  /** Of which nothing is kept any more. */
  forgotten: z.number().int(),
});
export type HarPart = z.infer<typeof harPart>;

/** The file's text. @param version of Faultline */
export function harArchive(parts: readonly HarPart[], version: string): string {
  const log = {
    version: '1.2',
    creator: { name: 'Faultline', version },
    pages: parts.flatMap(({ pages }) => pages),
    entries: parts.flatMap(({ entries }) => entries),
  };
  return `${JSON.stringify({ log }, null, 1)}\n`;
}
