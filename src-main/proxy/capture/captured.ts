/** The messages of one try, as they cross the thread boundary. */
import type { Bytes } from '../../base/units.ts';

export interface CapturedMessage {
  /** Names in lower case, in the order in which they came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** As much of the body as was to be kept, without its framing. */
  readonly body: Uint8Array;
  /** What it was in all, as far as it has come. */
  readonly bodyBytes: Bytes;
  /** Name, value, name, value, …; empty where there were none. */
  readonly trailers: readonly string[];
}

export interface CapturedRequest extends CapturedMessage {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  /** `http/1.0`, `http/1.1`, `h2`. */
  readonly protocol: string;
}

export interface CapturedResponse extends CapturedMessage {
  readonly status: number;
}

export interface CapturedExchange {
  /** The name of the capture that asked for it. */
  readonly capture: string;
  readonly traceId: string;
  /** Of the try's hop. */
  readonly spanId: string;
  /** No other try follows: what the response is, the caller got. */
  readonly isFinal: boolean;
  /** As the caller sent it. */
  readonly request: CapturedRequest;
  /** As the caller got it, faults included; of an earlier try the head alone. Absent: none came. */
  readonly response?: CapturedResponse;
  /** So much was captured at once that the bodies were let go of. */
  readonly isBodiless: boolean;
}

/** How many exchanges a batch had no room for, by the name of the capture that asked for them. */
export type Lost = Readonly<Record<string, number>>;
