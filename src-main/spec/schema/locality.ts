/** Where instances and callers are, and how far requests go for it (Istio's localityLbSetting). */
import { z } from 'zod';
import { percent } from './scalars.ts';

const SEGMENT = '[A-Za-z0-9]([-._A-Za-z0-9]{0,61}[A-Za-z0-9])?';

const LOCALITY =
  'expected a region, a zone and a subzone, such as "eu/west/a"; the last may be left out';

export const locality = z.string().regex(new RegExp(`^${SEGMENT}(/${SEGMENT}){0,2}$`), LOCALITY);

/** As in Istio, any zone or subzone is said at the end alone. */
const pattern = z
  .string()
  .regex(
    new RegExp(`^(\\*|${SEGMENT}(/${SEGMENT}){0,2}|(${SEGMENT}/){1,2}\\*)$`),
    'expected a locality, such as "eu/west/a", or one that ends with "*", such as "eu/*"',
  );

const region = z
  .string()
  .regex(new RegExp(`^${SEGMENT}$`), 'expected the name of a region, such as "eu"');

/** Envoy's most. */
const priority = z.int().min(0).max(127);

/** Of a workload: for all its instances, or for each in its turn. */
export const placeFields = {
  locality: z
    .union([locality, z.array(locality).min(1)])
    .optional()
    .meta({
      description:
        'Where its instances are, as region/zone/subzone; a list: one for each replica in turn.',
    }),
  priority: z
    .union([priority, z.array(priority).min(1)])
    .optional()
    .meta({
      description:
        'Those of a later priority are asked as the ones before cannot bear all requests; a list: one for each replica in turn.',
      default: 0,
    }),
};

const failover = z
  .strictObject({
    from: region.meta({ description: 'The region of a caller.' }),
    to: region.meta({ description: 'The region that is asked before all others.' }),
  })
  .meta({ description: 'Where requests go when their own region cannot bear them.' });

const distribute = z
  .strictObject({
    from: pattern.meta({ description: 'Callers in this locality; "*" is any zone or subzone.' }),
    to: z.record(pattern, percent.gt(0, 'expected a weight above 0')).meta({
      description: 'Per cent of the requests by locality, 100 together; others get none.',
    }),
  })
  .meta({ description: 'Exact shares by locality instead of the nearest first.' });

export const localitySchema = z
  .strictObject({
    enabled: z.boolean().optional().meta({
      description: 'Whether localities count.',
      default: true,
    }),
    failover: z.array(failover).optional(),
    distribute: z.array(distribute).optional(),
  })
  .meta({
    description:
      'How localities count. By default the nearest instances are asked first, where outlier detection or a health check tells which of them are well.',
  });
