/** Which requests' heads and bodies are kept, to be looked at. */
import { z } from 'zod';
import { wallTime } from './fault.ts';
import { requestOnlyMatch } from './match.ts';
import { name, percent } from './scalars.ts';

/** More of one body is for a packet capture. */
const MOST_BODY = 1024 * 1024;
export const DEFAULT_CAPTURED_BODY = 64 * 1024;

export const captureSchema = z
  .strictObject({
    name: name.meta({ description: 'Unique in the mesh.' }),
    enabled: z.boolean().optional().meta({ description: 'Whether it acts.', default: true }),
    from: z.string().optional().meta({
      description: 'The caller, or "gateway"; absent: all callers.',
    }),
    to: z.string().optional().meta({ description: 'The called service; absent: all of them.' }),
    match: requestOnlyMatch.optional(),
    percentage: percent.optional().meta({
      description: 'Share of the requests that match.',
      default: 100,
    }),
    requests: z.int().min(1).max(100_000).optional().meta({
      description: 'So many of them, and then no more; absent: as long as it stands here.',
    }),
    bodyBytes: z
      .int()
      .min(0)
      .max(MOST_BODY, 'expected at most 1048576 bytes (1 MiB)')
      .optional()
      .meta({
        description: 'What is kept of each body, in bytes.',
        default: DEFAULT_CAPTURED_BODY,
      }),
    masked: z.boolean().optional().meta({
      description:
        'Whether secrets are made unreadable before anything is kept: authorization, cookies and keys in headers, fields such as password or token in bodies.',
      default: true,
    }),
    expires: wallTime.optional().meta({
      description: 'From then on nothing is kept, though it still stands here.',
    }),
  })
  .meta({ description: "Keeps requests' heads and bodies, as the caller's proxy saw them." });

export type CaptureInput = z.infer<typeof captureSchema>;
