import { z } from 'zod';
import { distribution } from './distribution.ts';
import {
  duration,
  headerName,
  headerValue,
  method,
  name,
  pathPrefix,
  percent,
  requestPath,
} from './scalars.ts';

const json = z.json().meta({ title: 'JSON' });

const status = z
  .int()
  .min(200, 'expected an HTTP status from 200 to 599')
  .max(599, 'expected an HTTP status from 200 to 599');

const call = z.strictObject({
  service: name.meta({ description: 'One of the services that it may call.' }),
  method: method.optional().meta({ description: 'HTTP method, in capitals.', default: 'GET' }),
  path: requestPath.optional().meta({ description: 'Path, with its query.', default: '/' }),
  percentage: percent
    .optional()
    .meta({ description: 'Per cent of the requests that need this call.', default: 100 }),
  required: z.boolean().optional().meta({
    description: 'Whether the stub answers 502 where this call fails.',
    default: true,
  }),
});

/** What may be said for all requests, and again for those of one path. */
const answer = {
  latency: z.union([duration, distribution]).optional().meta({
    description: 'Its own time for an answer, besides that of its calls: fixed, or how it varies.',
  }),
  status: status.optional().meta({ description: 'What it answers.', default: 200 }),
  statuses: z
    .record(z.string().regex(/^[2-5]\d\d$/, 'expected an HTTP status from 200 to 599'), percent)
    .optional()
    .meta({ description: 'Several statuses, each with its share in per cent; 100 together.' }),
  headers: z
    .record(headerName, headerValue)
    .optional()
    .meta({ description: 'Headers of the answer.' }),
  body: z
    .union([z.string(), z.record(z.string(), json), z.array(json)])
    .optional()
    .meta({
      description: 'A text, or a value that is sent as JSON; absent: who answered, as JSON.',
    }),
  calls: z
    .union([z.enum(['all', 'none']), z.array(z.union([name, call]))])
    .optional()
    .meta({
      description: 'What it asks of others to answer; "all": each service in its "calls".',
      default: 'all',
    }),
  parallel: z.boolean().optional().meta({
    description: 'All calls at once instead of one after the other.',
    default: false,
  }),
};

const response = z.strictObject({
  path: pathPrefix
    .optional()
    .meta({ description: 'Path prefix, by segment: /a matches /a and /a/b.', default: '/' }),
  method: method.optional().meta({ description: 'HTTP method, in capitals; absent: all.' }),
  ...answer,
});

export const stub = z
  .strictObject({
    ...answer,
    concurrency: z
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .meta({ description: 'Requests worked on at once; the others wait. Absent: no limit.' }),
    responses: z.array(response).optional().meta({
      description:
        'Answers of their own for some paths; the first match wins, and what is left out is taken from above.',
    }),
  })
  .meta({
    description: 'Instead of a command: answers by itself, for what is not written yet.',
  });

export type StubInput = z.infer<typeof stub>;
export type StubAnswerInput = Omit<StubInput, 'concurrency' | 'responses'>;
