import { z } from 'zod';
import { programText } from './scalars.ts';

const values = z.record(z.string(), z.union([programText, z.number(), z.boolean()]));

export const volume = z.strictObject({
  driver: programText.min(1).optional().meta({ description: "Absent: the engine's own." }),
  options: values.optional().meta({ description: 'Options of the driver.' }),
  labels: values.optional().meta({ description: 'Labels for the engine.' }),
  external: z.boolean().optional().meta({
    description: 'It is there already: it is not made, and never removed.',
    default: false,
  }),
});

export type VolumeInput = z.infer<typeof volume>;
