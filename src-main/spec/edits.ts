/** Every change that can be asked for. An edit changes the document's text, and nothing else. */
import { z } from 'zod';
import type { Value } from './document/write.ts';
import { fault, mtlsMode, trafficPolicy } from './mesh.ts';

/** A step into the document: a key, a place in a list, or the item of a list that has the name. */
const step = z.union([
  z.string(),
  z.number().int().min(0),
  z.object({ named: z.string() }).strict(),
]);
export type Step = z.infer<typeof step>;

const place = z.array(step).min(1).max(20);
/** Where a policy stands: `['faults', { named: 'slow' }]`, `['traffic', 'payments', 'retry']`. */
export type Place = readonly Step[];

/** As it is written in the document. Nothing there is null: what is not wanted is left out. */
export const written: z.ZodType<Value> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.array(written), z.record(z.string(), written)]),
);
export type Written = Value;

/** Refused where the place holds something else by now; absent: whatever it holds. */
const was = written.exactOptional();

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
  /**
   * Puts any policy, as it is written, to its place; where a named item is not there, it is added
   * at the end of its list. What is alike stays as it stands, comments and order included.
   */
  z.object({ kind: z.literal('put-policy'), place, value: written, was }),
  z.object({ kind: z.literal('remove-policy'), place, was }),
  /**
   * By `enabled` of an item of a list, or by `disabled` beside a key. What stays in the document
   * comes back as it was.
   */
  z.object({ kind: z.literal('switch-policy'), place, enabled: z.boolean() }),
  /** For the whole mesh. */
  z.object({ kind: z.literal('set-mtls'), mode: mtlsMode }),
  /** `null`: the mesh's mode. */
  z.object({
    kind: z.literal('set-service-mtls'),
    service: z.string(),
    mode: mtlsMode.nullable(),
  }),
  /** How a service runs, where it can either way; `version`: this one alone. */
  z.object({
    kind: z.literal('set-runtime'),
    service: z.string(),
    version: z.string().exactOptional(),
    runtime: z.enum(['process', 'docker']),
  }),
  z.object({
    kind: z.literal('set-visitors'),
    enabled: z.boolean().optional(),
    rate: z.number().min(0).optional(),
  }),
  /** `instead`: what the file holds and was refused; without it that is not overwritten. */
  z.object({
    kind: z.literal('replace-text'),
    text: z.string(),
    instead: z.string().exactOptional(),
  }),
]);
export type Edit = z.infer<typeof edit>;
