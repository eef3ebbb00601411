/** Headers put into, changed in and taken out of a message. */
import { z } from 'zod';
import { headerName, headerValue } from '../schema/scalars.ts';
import type { PolicyInfo } from './policy.ts';

/** These frame a message or belong to one connection (RFC 9110 §7.6.1); a host is rewritten. */
export const RESERVED_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const ownName = headerName.refine(
  (name) => !RESERVED_HEADERS.has(name.toLowerCase()),
  'this header frames the message or leads it: it cannot be changed here (see rewrite for the host)',
);

const headerMap = z.record(ownName, headerValue);

export const headersSchema = z
  .strictObject({
    add: headerMap.optional().meta({ description: 'Beside those that are there.' }),
    set: headerMap.optional().meta({ description: 'Instead of those that are there.' }),
    remove: z.array(ownName).min(1).optional().meta({ description: 'Done first.' }),
  })
  .meta({ description: 'Headers to add, set and remove.' });

export const headers: PolicyInfo = {
  title: 'Headers',
  description: 'Adds, sets and removes headers of requests or answers.',
  fault: false,
  schema: headersSchema,
};
