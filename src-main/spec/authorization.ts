/** Who may call, in the checked mesh. */
import { z } from 'zod';

/**
 * As Istio's AuthorizationPolicy says it. Texts are patterns: `abc`, `abc*`, `*abc`, `*`.
 * Every given part must hold; of the patterns of a part one must.
 */
export const authorizationPolicy = z.object({
  /** Unique in the mesh. */
  name: z.string(),
  /** Absent: it acts. */
  enabled: z.literal(false).exactOptional(),
  action: z.enum(['allow', 'deny']),
  /** What it would deny is only noted. */
  dryRun: z.boolean(),
  /** Absent: all services. */
  service: z.string().exactOptional(),
  from: z.object({
    /** Names of services, or `gateway`: joined with the principals. */
    services: z.array(z.string()).exactOptional(),
    /** SPIFFE IDs, with or without `spiffe://`. */
    principals: z.array(z.string()).exactOptional(),
    namespaces: z.array(z.string()).exactOptional(),
  }),
  to: z.object({
    methods: z.array(z.string()).exactOptional(),
    /** Without the query. */
    paths: z.array(z.string()).exactOptional(),
    hosts: z.array(z.string()).exactOptional(),
  }),
  /** By lower-case name. */
  headers: z.record(z.string(), z.array(z.string())).exactOptional(),
});

export const authorization = z.object({
  /** Whether a denial's answer names the rule, in `x-faultline-denied-by`. */
  namesRule: z.boolean(),
  policies: z.array(authorizationPolicy),
});

export type Authorization = z.infer<typeof authorization>;
export type AuthorizationPolicy = z.infer<typeof authorizationPolicy>;
