/** Timeouts, retries and hedging that can never act, as the rest of the policy stands. */
import type { Finding } from '../document/finding.ts';
import type { Mesh, RoutePolicy } from '../mesh.ts';
import { policyPlaces } from '../policy-places.ts';
import type { PolicyPlace } from '../policy-places.ts';
import type { Check } from './check.ts';

export const tries: Check = ({ mesh, has }) =>
  policyPlaces(mesh).flatMap((place) => [
    ...perTryFindings(mesh, place),
    ...hedgeFindings(mesh, place),
    ...wordFindings(place),
    ...outsideFindings(place),
    ...budgetFindings(place, has),
  ]);

/** What the place says, and what is as for the whole service where it says nothing. */
function whole(mesh: Mesh, { service, policy }: PolicyPlace): RoutePolicy {
  return { ...mesh.traffic[service], ...policy };
}

function perTryFindings(mesh: Mesh, place: PolicyPlace): Finding[] {
  const { timeout = 0 } = whole(mesh, place);
  const { perTryTimeout = 0 } = place.policy.retry ?? {};
  if (timeout === 0 || perTryTimeout < timeout) return [];
  const message = `a try of ${place.title} never lasts that long: the timeout of all of them is over before`;
  const advice = 'make it shorter than "timeout"';
  return [idle([...place.path, 'retry', 'perTryTimeout'], message, advice)];
}

function hedgeFindings(mesh: Mesh, place: PolicyPlace): Finding[] {
  const { hedge } = place.policy;
  const { timeout = 0, retry } = whole(mesh, place);
  const findings: Finding[] = [];
  if (hedge?.onPerTryTimeout && !(retry && retry.attempts > 0 && retry.perTryTimeout)) {
    const message = `no try of ${place.title} has a time of its own to be over, or none may follow it`;
    const advice = 'give "retry" a "perTryTimeout" and "attempts", or hedge "after" a time';
    findings.push(idle([...place.path, 'hedge', 'onPerTryTimeout'], message, advice));
  }
  if (hedge?.after !== undefined && timeout > 0 && hedge.after >= timeout) {
    const message = `no second try of ${place.title} starts: the timeout is over before`;
    findings.push(
      idle([...place.path, 'hedge', 'after'], message, 'make it shorter than "timeout"'),
    );
  }
  return findings;
}

const WORDS = [
  ['statusCodes', 'retriable-status-codes'],
  ['headers', 'retriable-headers'],
] as const;

function wordFindings({ path, policy: { retry } }: PolicyPlace): Finding[] {
  return WORDS.filter(([key, word]) => retry?.[key] && !retry.on.includes(word)).map(
    ([key, word]) =>
      idle([...path, 'retry', key], `nothing asks for "${key}"`, `add ${word} to "on"`),
  );
}

/** Whoever calls the gateway is not of the mesh. */
function outsideFindings({ path, policy }: PolicyPlace): Finding[] {
  if (path[0] !== 'gateway' || !policy.callerOverrides) return [];
  const message = "the gateway's callers are not of the mesh, so their headers are not heeded";
  return [idle([...path, 'callerOverrides'], message, 'say it in "traffic", for callers within')];
}

function budgetFindings({ path, policy }: PolicyPlace, has: (path: Finding['path']) => boolean) {
  const key = [...path, 'circuitBreaker', 'maxRetries'];
  if (!policy.circuitBreaker?.retryBudget || !has(key)) return [];
  return [idle(key, 'the retry budget counts instead of it', 'take one of the two away')];
}

function idle(path: Finding['path'], message: string, advice: string): Finding {
  return { code: 'idle-policy', severity: 'warning', message, advice, path, at: 'key' };
}
