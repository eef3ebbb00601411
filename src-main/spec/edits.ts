/** Every change that can be asked for. An edit changes the document's text, and nothing else. */
import { z } from 'zod';
import { fault, mtlsMode, trafficPolicy } from './mesh.ts';

export const edit = z.discriminatedUnion('kind', [
  /** Adds the fault, or replaces the one of its name. */
  z.object({ kind: z.literal('put-fault'), fault }),
  z.object({ kind: z.literal('remove-fault'), name: z.string() }),
  z.object({ kind: z.literal('switch-fault'), name: z.string(), enabled: z.boolean() }),
  /** Switches every fault off; they stay in the document. */
  z.object({ kind: z.literal('switch-all-faults-off') }),
  /** Weights in per cent by version; `null` takes the split away. */
  z.object({
    kind: z.literal('set-split'),
    service: z.string(),
    split: z.record(z.string(), z.number()).nullable(),
  }),
  z.object({ kind: z.literal('set-timeout'), service: z.string(), timeout: z.number().nullable() }),
  z.object({
    kind: z.literal('set-retry'),
    service: z.string(),
    retry: trafficPolicy.shape.retry.unwrap().nullable(),
  }),
  /** For the whole mesh. */
  z.object({ kind: z.literal('set-mtls'), mode: mtlsMode }),
  /** `null`: the mesh's mode. */
  z.object({
    kind: z.literal('set-service-mtls'),
    service: z.string(),
    mode: mtlsMode.nullable(),
  }),
  z.object({
    kind: z.literal('set-visitors'),
    enabled: z.boolean().optional(),
    rate: z.number().min(0).optional(),
  }),
  z.object({ kind: z.literal('replace-text'), text: z.string() }),
]);
export type Edit = z.infer<typeof edit>;
