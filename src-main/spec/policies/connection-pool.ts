/** How connections to a service's instances are opened, used again and closed. */
import { z } from 'zod';
import { duration } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

export const connectionPoolSchema = z
  .strictObject({
    connectTimeout: duration
      .optional()
      .meta({ description: 'For a connection to be made, mutual TLS included.', default: '5s' }),
    idleTimeout: duration
      .optional()
      .meta({ description: 'Nobody has used it for so long: it is closed.', default: '60s' }),
    maxRequestsPerConnection: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'Then it is closed; 0: no limit.', default: 0 }),
    tcpKeepalive: duration.optional().meta({
      description: 'Without a byte for so long, TCP probes it; "0s": never.',
      default: '0s',
    }),
  })
  .meta({ description: "How a caller's proxy keeps its connections to each instance." });

export const connectionPool: PolicyInfo = {
  title: 'Connection pool',
  description: 'How connections are opened, used again and closed.',
  fault: false,
  schema: connectionPoolSchema,
};
