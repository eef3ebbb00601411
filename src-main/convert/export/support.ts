/**
 * What each target can do of each kind of policy: the one table that exports, app and README read.
 * `exact` means: what was tested here is what happens there.
 */
import { FAULT_KINDS } from '../../spec/policies/kinds.ts';
import type { PolicyKind } from '../../spec/policies/kinds.ts';
import type { ExportTarget, Support } from './result.ts';

export interface SupportEntry {
  readonly support: Support;
  /** Empty where it is exact. */
  readonly why: string;
}

export const EXACT: SupportEntry = { support: 'exact', why: '' };

const DRAWN =
  'the share is drawn for each request there; here it is exact. Over many requests it is the same.';

const HASHED =
  "the same requests go to the same endpoint there too, but to another one than here: Envoy's hash function is its own.";

const MODIFIERS =
  'Gateway API has filters for it that an implementation need not support within the mesh: they are left out, and requests go to the service as they are.';

const OUTLIERS =
  'Istio has no success rate and no maxEjectionTime (300s there); new Envoys leave none out where one is more than maxEjectionPercent.';

function approximated(why: string): SupportEntry {
  return { support: 'approximated', why };
}

function cannot(why: string): SupportEntry {
  return { support: 'cannot', why };
}

/** What tests do to bodies and connections, production systems do not. */
function withoutFaults<K extends PolicyKind>(
  kinds: readonly K[],
  why: string,
): Record<K, SupportEntry> {
  return Object.fromEntries(kinds.map((kind) => [kind, cannot(why)])) as Record<K, SupportEntry>;
}

const TOXICS = FAULT_KINDS.filter(
  (kind) => kind !== 'delay' && kind !== 'abort' && kind !== 'identity',
);

export const SUPPORT: Record<ExportTarget, Record<PolicyKind, SupportEntry>> = {
  istio: {
    split: approximated(DRAWN),
    override: EXACT,
    mirror: approximated(DRAWN),
    timeout: EXACT,
    idleTimeout: cannot(
      'Istio has no idle timeout of a request: it is written as an EnvoyFilter (idle_timeout of the route).',
    ),
    retry: approximated(
      'Istio draws another host by chance, five times at most, where here it is certain, and a back-off has no "max" there; the conditions and the count are the same.',
    ),
    hedge: cannot(
      'Istio has no hedging: it is written as an EnvoyFilter (hedge_policy), and Envoy knows the one on a per-try timeout alone.',
    ),
    callerOverrides: EXACT,
    headers: EXACT,
    rewrite: EXACT,
    redirect: approximated(
      'a redirect that replaces a prefix leaves the path as it is there; any other is the same.',
    ),
    directResponse: approximated('its headers are left out there; status and body are the same.'),
    loadBalancing: approximated(HASHED),
    circuitBreaker: EXACT,
    connectionPool: EXACT,
    outlierDetection: approximated(OUTLIERS),
    healthCheck: cannot(
      'Istio leaves health checks to Kubernetes: give the pods a readinessProbe.',
    ),
    delay: approximated(DRAWN),
    abort: approximated(DRAWN),
    ...withoutFaults(TOXICS, "Istio's faults are a delay and an abort."),
    mtls: EXACT,
    rateLimit: cannot(
      'Istio has no resource for a local rate limit: it is written as an EnvoyFilter, which belongs to the version of the proxy.',
    ),
    identity: cannot('Istio has no fault that acts on identities.'),
    authorization: approximated(
      'callers are known by their service accounts there: each service needs one of its own name. The answer does not name the rule, and a policy on trial is judged without those in force.',
    ),
  },
  'gateway-api': {
    split: approximated(DRAWN),
    override: EXACT,
    mirror: approximated(DRAWN),
    timeout: EXACT,
    idleTimeout: cannot('Gateway API has no idle timeout.'),
    hedge: cannot('Gateway API has no hedging.'),
    callerOverrides: cannot('Gateway API lets no caller decide on timeouts and retries.'),
    retry: approximated(
      'retry is in the experimental channel and knows statuses only: 5xx is said as 500 to 504, and what happens when a connection fails is left to the implementation.',
    ),
    headers: cannot(MODIFIERS),
    rewrite: cannot(MODIFIERS),
    redirect: cannot(MODIFIERS),
    directResponse: cannot('Gateway API has no answers of its own.'),
    loadBalancing: cannot('Gateway API has no algorithm to choose an endpoint by.'),
    circuitBreaker: cannot('Gateway API has no circuit breakers.'),
    connectionPool: cannot('Gateway API says nothing of connections.'),
    outlierDetection: cannot('Gateway API leaves no endpoint out.'),
    healthCheck: cannot(
      'Gateway API leaves health checks to Kubernetes: give the pods a readinessProbe.',
    ),
    ...withoutFaults(FAULT_KINDS, 'Gateway API has no fault injection.'),
    rateLimit: cannot('Gateway API has no rate limit.'),
    authorization: cannot('Gateway API does not say who may call.'),
    mtls: cannot('Gateway API leaves mutual TLS between services to the mesh below it.'),
  },
};
