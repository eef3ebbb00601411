/** What goes wrong on purpose with the instances themselves, not with requests. */
import { z } from 'zod';
import { parseOffset } from '../../base/units.ts';
import { instanceAction } from '../fault.ts';
import { faultTimes } from './fault.ts';
import { duration, name, percent } from './scalars.ts';

export const DEFAULT_HEADROOM = 32 * 1024 * 1024;

const offset = z
  .string()
  .refine((text) => parseOffset(text) !== undefined, 'expected a duration, such as "1h" or "-5m"');

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
    action: instanceAction.meta({
      description:
        'kill: SIGKILL, and the instance is started again as after any crash; pause: SIGSTOP, until the fault is over; restart: ended gently and started again; throttle: it runs for a part of the time only; memoryPressure: it gets hardly any more memory; clockSkew: its clock is wrong; netem: packets that leave its pod are late, lost or in another order; partition: packets get through in neither direction; diskFull: its tmpfs are full. The last three are for containers.',
    }),
    share: percent
      .min(1)
      .max(99)
      .optional()
      .meta({ description: 'Per cent of the time that a throttled one runs.', default: 20 }),
    headroomBytes: z.int().min(0).optional().meta({
      description: 'Of memory that one under pressure may still take.',
      default: DEFAULT_HEADROOM,
    }),
    offset: offset.optional().meta({
      description: 'By how much a skewed clock is ahead, or, with a "-", behind.',
    }),
    delay: duration.optional().meta({ description: 'By how much netem makes packets late.' }),
    jitter: duration.optional().meta({ description: 'By how much that delay varies.' }),
    loss: percent.optional().meta({ description: 'Per cent of the packets that netem loses.' }),
    reorder: percent.optional().meta({
      description:
        'Per cent of the packets that netem sends at once, past those that it makes late.',
    }),
    from: z.array(z.string()).min(1).optional().meta({
      description: 'Services that a partition parts it from, "gateway" included; absent: all.',
    }),
    folder: z.string().startsWith('/').optional().meta({
      description: 'The tmpfs that is full; absent: all that have a size.',
    }),
    ...faultTimes,
  })
  .refine(({ action, offset: given }) => action !== 'clockSkew' || given !== undefined, {
    error: 'expected an "offset", such as "1h" or "-5m"',
    path: ['action'],
  })
  .refine(
    ({ action, delay, loss, reorder }) =>
      action !== 'netem' || delay !== undefined || (loss !== undefined && reorder === undefined),
    { error: 'expected a "delay" or a "loss"; "reorder" needs a "delay"', path: ['action'] },
  )
  .meta({
    description: 'Something that happens to instances on purpose; undone when it is over.',
  });

export type InstanceFaultInput = z.infer<typeof instanceFault>;
