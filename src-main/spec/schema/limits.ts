/** What the proxies bear of a caller. The defaults are the data plane's: a test compares them. */
import { z } from 'zod';
import { parseDuration } from '../../base/units.ts';
import { duration } from './scalars.ts';

const MiB = 1024 * 1024;

/** Zero would end every connection at once. */
const patience = duration.refine((text) => parseDuration(text) !== 0, 'expected more than 0');

export const limits = z
  .strictObject({
    headBytes: z
      .int()
      .min(1024, 'expected at least 1024')
      .max(MiB, 'expected at most 1048576 (1 MiB)')
      .optional()
      .meta({ description: 'The whole head of a request: above, 431.', default: 60 * 1024 }),
    headerCount: z
      .int()
      .min(10, 'expected at least 10')
      .max(10_000, 'expected at most 10000')
      .optional()
      .meta({ description: 'Headers of a request: above, 431.', default: 100 }),
    bodyBytes: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'The body of a request: above, 413; 0: no limit.', default: 0 }),
    retryBufferBytes: z
      .int()
      .min(0)
      .max(64 * MiB, 'expected at most 67108864 (64 MiB)')
      .optional()
      .meta({
        description: 'So much of a body is kept for another try; a longer one is sent once.',
        default: 256 * 1024,
      }),
    headTimeout: patience.optional().meta({
      description: "From a head's first byte to its last: 408; also the TLS handshake.",
      default: '10s',
    }),
    bodyIdleTimeout: patience
      .optional()
      .meta({ description: 'Between two parts of a body: 408.', default: '1m' }),
    keepAliveTimeout: patience
      .optional()
      .meta({ description: 'A connection without a request: closed.', default: '75s' }),
    tunnelIdleTimeout: duration.optional().meta({
      description: 'TCP or a WebSocket without a byte in either direction: reset; 0s: never.',
      default: '1h',
    }),
    detectionTimeout: patience.optional().meta({
      description:
        'A connection that says nothing for so long may belong to a service that speaks first.',
      default: '100ms',
    }),
    concurrentStreams: z
      .int()
      .min(1, 'expected at least 1')
      .max(65_535, 'expected at most 65535')
      .optional()
      .meta({
        description: 'Requests of one HTTP/2 connection at a time: one more is refused.',
        default: 1024,
      }),
    connections: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'Connections to one listener: one more is closed.', default: 10_000 }),
    connectionsPerCaller: z.int().min(0).optional().meta({
      description:
        'Of these, of one caller, by SPIFFE ID or else by address; 0: no limit of its own.',
      default: 5_000,
    }),
  })
  .meta({ description: 'What the proxies bear of a caller, and for how long.' });
