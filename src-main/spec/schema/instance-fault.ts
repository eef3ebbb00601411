/** What goes wrong on purpose with the instances themselves, not with requests. */
import { z } from 'zod';
import { faultTimes } from './fault.ts';
import { name, percent } from './scalars.ts';

export const instanceFault = z
  .strictObject({
    name: name.meta({ description: 'Unique in the mesh.' }),
    enabled: z.boolean().optional().meta({ description: 'Whether it acts.', default: true }),
    service: z.string().meta({ description: 'Whose instances.' }),
    version: z.string().optional().meta({ description: 'Only those of this version.' }),
    index: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'Only this one of each version, counted from 0; absent: all.' }),
    action: z.enum(['kill', 'pause', 'restart', 'throttle']).meta({
      description:
        'kill: SIGKILL, and the instance is started again as after any crash; pause: SIGSTOP, until the fault is over; restart: ended gently and started again; throttle: it runs for a part of the time only.',
    }),
    share: percent
      .min(1)
      .max(99)
      .optional()
      .meta({ description: 'Per cent of the time that a throttled one runs.', default: 20 }),
    ...faultTimes,
  })
  .meta({
    description: 'Something that happens to instances on purpose; undone when it is over.',
  });

export type InstanceFaultInput = z.infer<typeof instanceFault>;
