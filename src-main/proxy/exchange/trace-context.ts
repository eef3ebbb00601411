/** W3C Trace Context: reading `traceparent`, and ids for new spans. */
import type { Chance } from '../../base/chance.ts';

export interface TraceContext {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** 16, or empty where the trace begins here. */
  readonly parentId: string;
  /** The two digits of the flags, passed on as they came; `01` (sampled) for a new trace. */
  readonly flags: string;
}

/** W3C Trace Context §3.2.2; version ff and ids of zeros are invalid. */
const TRACEPARENT =
  /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/** What a `traceparent` says; undefined where it is not one, and then a new trace must begin. */
export function parseTraceparent(value: string): TraceContext | undefined {
  const found = TRACEPARENT.exec(value);
  if (!found) return undefined;
  return { traceId: found[1] as string, parentId: found[2] as string, flags: found[3] as string };
}

export function formatTraceparent(context: TraceContext, spanId: string): string {
  return `00-${context.traceId}-${spanId}-${context.flags}`;
}

const HEX = Array.from({ length: 65536 }, (_, i) => i.toString(16).padStart(4, '0'));

/** Random ids. Not secrets: they only have to be different. */
export class IdSource {
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** 16 hex digits, never all zero. */
  spanId(): string {
    const high = this.#word();
    const low = this.#word();
    return high === 0 && low === 0 ? '0000000000000001' : hex(high) + hex(low);
  }

  newTrace(): TraceContext {
    return { traceId: this.spanId() + this.spanId(), parentId: '', flags: '01' };
  }

  /** A UUID of version 4 (RFC 9562 §5.4), as Envoy puts into x-request-id. */
  requestId(): string {
    const time = hex(this.#word());
    const middle = this.#word();
    const variant = this.#word();
    const version4 = HEX[0x4000 | (middle & 0x0fff)] as string;
    const variant2 = HEX[0x8000 | (variant & 0x3fff)] as string;
    const node = (HEX[variant >>> 16] as string) + hex(this.#word());
    return `${time}-${HEX[middle >>> 16]}-${version4}-${variant2}-${node}`;
  }

  /** 32 bits. */
  #word(): number {
    return (this.#chance.next() * 4294967296) >>> 0;
  }
}

/** 8 digits, looked up in two halves: a number's own toString and padding cost five times as much. */
function hex(word: number): string {
  return (HEX[word >>> 16] as string) + (HEX[word & 0xffff] as string);
}
