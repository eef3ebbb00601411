/** Messages that were captured, as the app gets to see them. */
import { z } from 'zod';

/** How far a capture of the document has come. */
export const captureProgress = z.object({
  name: z.string(),
  count: z.number().int(),
  /** It has as many as it is to have. */
  isSpent: z.boolean(),
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
