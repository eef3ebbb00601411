import { z } from 'zod';

const KEY =
  /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

const text = z.union([
  z
    .string()
    .regex(VALUE, 'expected at most 63 letters, digits, "-", "_" and ".", such as "billing"'),
  z.number(),
  z.boolean(),
]);

/** As Kubernetes takes them: an optional prefix, and 63 characters on either side. */
export const labels = z
  .record(z.string().regex(KEY, 'expected the key of a label, such as "team"'), text)
  .meta({ description: 'Labels, as in Kubernetes; the graph can be grouped by one of them.' });
