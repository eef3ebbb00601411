/**
 * How a hop lies in a batch: 24 words of 32 bits, 10 floats of 64, then the text. Writer and reader
 * share these offsets; both run on the same machine, so the byte order is the machine's own.
 */

/** Indices into the 32-bit view of a record. */
export const Word = {
  LENGTH: 0,
  FLAGS: 1,
  NODE: 2,
  DIRECTION: 3,
  SOURCE_SERVICE: 4,
  SOURCE_VERSION: 5,
  DESTINATION_SERVICE: 6,
  DESTINATION_VERSION: 7,
  DESTINATION_INSTANCE: 8,
  ROUTE: 9,
  METHOD: 10,
  FAILURE: 11,
  FAULTS: 12,
  PEER: 13,
  STATUS: 14,
  ATTEMPT: 15,
  /** Length of the request id, in bytes. */
  REQUEST_ID: 16,
  /** Length of the path, in bytes. */
  PATH: 17,
  PROTOCOL: 18,
  /** One more than the gRPC status; 0: none. */
  GRPC_STATUS: 19,
  RULE: 20,
  DESTINATION_LOCALITY: 21,
  PRIORITY: 22,
  /** The last that is free: floats begin at a multiple of eight bytes. */
  FILTERS: 23,
} as const;

/** Indices into the 64-bit view, counted from the record's start. */
export const Float = {
  START: 12,
  DURATION: 13,
  EXCHANGE_DURATION: 14,
  INJECTED: 15,
  QUEUE: 16,
  CONNECT: 17,
  TLS: 18,
  UPSTREAM: 19,
  REQUEST_BYTES: 20,
  RESPONSE_BYTES: 21,
} as const;

/**
 * Shadows have this many floats more, at the end of their record: what is compared (bits of
 * `Compared`), then the primary's status, gRPC status, duration and bytes.
 */
export const MIRROR_FLOATS = 5;

export const Compared = { BOTH: 1, STATUS_DIFFERS: 2, BODY_DIFFERS: 4 } as const;

/** Where the text begins: trace id (32), span id (16), parent id (16, blank at a root), request id, path. */
export const TEXT_OFFSET = 22 * 8;
export const IDS_LENGTH = 64;
export const NO_PARENT = ' '.repeat(16);

export const DIRECTIONS = ['outbound', 'inbound', 'gateway'] as const;
