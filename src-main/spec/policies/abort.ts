/** A fault: requests are answered with an error instead of by the service, or their connection breaks. */
import { z } from 'zod';
import { answerHeaderName, headerValue, percent } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

const STATUS = 'expected an HTTP status, from 200 to 599';
const GRPC_STATUS = 'expected a gRPC status, from 0 to 16';

export const abortSchema = z
  .strictObject({
    status: z
      .int()
      .min(200, STATUS)
      .max(599, STATUS)
      .optional()
      .meta({ description: 'The HTTP status.', default: 503 }),
    headers: z
      .record(answerHeaderName, headerValue)
      .optional()
      .meta({ description: 'Headers of the answer.' }),
    body: z.string().optional().meta({ description: 'The body of the answer.' }),
    grpcStatus: z.int().min(0, GRPC_STATUS).max(16, GRPC_STATUS).optional().meta({
      description: 'What callers that speak gRPC get; without it what the HTTP status maps to.',
    }),
    reset: z.enum(['beforeHead', 'afterHead', 'midBody']).optional().meta({
      description:
        'No answer, or not all of it: the connection breaks before the head of the answer, behind it, or in the middle of its body.',
    }),
    percentage: percent
      .optional()
      .meta({ description: 'Per cent of the matching requests.', default: 100 }),
  })
  .refine(
    ({ status, grpcStatus, reset }) => (status ?? grpcStatus ?? reset) !== undefined,
    'expected a status, a grpcStatus or a reset',
  )
  .refine(
    ({ reset, ...answer }) =>
      reset === undefined || Object.keys(answer).every((key) => key === 'percentage'),
    'a reset has no answer: no status, headers or body',
  )
  .meta({ description: 'Answers requests with a status; they do not reach the service.' });

export const abort: PolicyInfo = {
  title: 'Abort',
  description: 'Answers requests with an error status, or breaks their connections.',
  fault: true,
  schema: abortSchema,
};
