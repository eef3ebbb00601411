/** Messages that were captured, as the app gets to see them. */
import { z } from 'zod';

/** How far a capture of the document has come. */
export const captureProgress = z.object({
  name: z.string(),
  count: z.number().int(),
  /** It has as many as it is to have. */
  isSpent: z.boolean(),
  /** That it asked for, and that were not kept: so much came at once, or the disk had no room. */
  lost: z.number().int(),
});
export type CaptureProgress = z.infer<typeof captureProgress>;

const header = z.tuple([z.string(), z.string()]).readonly();

const message = z.object({
  /** Names in lower case, in the order in which they came. */
  headers: z.array(header).readonly(),
  /** Base64; decoded where that could be done. */
  body: z.string(),
  /** Why there is less of the body than there was; empty: all of it is there. */
  lacks: z.enum(['', 'cut', 'too-much-at-once', 'cannot-be-masked']),
  /** Of the whole body, as it was sent. */
  bodyBytes: z.number(),
  /** The content coding that was undone, or empty. */
  decoded: z.string(),
  /** Name, value, name, value, …. */
  trailers: z.array(z.string()).readonly(),
});
export type CapturedMessage = z.infer<typeof message>;

export const capturedRequest = message.extend({
  method: z.string(),
  path: z.string(),
  host: z.string(),
  protocol: z.string(),
});

export const capturedResponse = message.extend({ status: z.number().int() });

export const capturedExchange = z.object({
  capture: z.string(),
  spanId: z.string(),
  /** No other try followed. */
  isFinal: z.boolean(),
  /** Its secrets cannot be read in what is given here. */
  masked: z.boolean(),
  /** They were kept: it can be asked for with them. */
  canReveal: z.boolean(),
  request: capturedRequest,
  response: capturedResponse.optional(),
});
export type CapturedExchange = z.infer<typeof capturedExchange>;

/** A request that the engine is to send. */
export const outgoingRequest = z.object({
  /** Who sends it: `gateway` means a client outside, in front of it; else a service, by its sidecar. */
  from: z.string(),
  /** The instance whose sidecar it leaves by; absent, or gone: any of the caller's. */
  instance: z.string().exactOptional(),
  /** The called service. A request to the gateway goes where its routes lead. */
  to: z.string(),
  protocol: z.enum(['http/1.1', 'h2']),
  method: z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'expected a method, such as GET'),
  /** With its query, in origin form. */
  path: z.string().regex(/^(?:\/[\x21-\x7e]*|\*)$/, 'expected a path that begins with /, encoded'),
  headers: z.array(header).max(200),
  /** Base64. */
  body: z.string().max(1_500_000),
  /** Whether the secrets in it and in its answer are made unreadable before they are kept. */
  masked: z.boolean(),
});
export type OutgoingRequest = z.infer<typeof outgoingRequest>;

export const sentRequest = z.object({
  traceId: z.string(),
  /** Of the hop that it made, whose messages are kept; empty: no proxy has told of it. */
  spanId: z.string(),
  /** Why there was no answer; empty: there was one, whatever its status. */
  failure: z.string(),
});
export type SentRequest = z.infer<typeof sentRequest>;
