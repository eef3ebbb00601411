/**
 * Who may call, by Istio's AuthorizationPolicy and its order: what a deny policy fits is denied; where
 * there are no allow policies the rest is allowed; else one of them must fit. Pure.
 */
import type { AuthorizationConfig, AuthorizationPolicyConfig } from '../config.ts';
import type { RequestView } from '../router/match.ts';
import { compilePolicy } from './policy.ts';
import type { Policy, Subject } from './policy.ts';

export interface Denial {
  /** The deny policy that fits, or all the allow policies of which none does, comma-separated. */
  readonly rule: string;
  /** It would be denied if what is on trial were in force: it goes on. */
  readonly dryRun: boolean;
}

export interface Authorizer {
  /**
   * Undefined: allowed.
   * @param spiffeId of the caller's certificate; empty without mutual TLS.
   * @param request undefined for a connection of bytes.
   */
  decide(spiffeId: string, request: RequestView | undefined): Denial | undefined;
}

export function createAuthorizer({ policies }: AuthorizationConfig): Authorizer {
  const inForce = sortPolicies(policies.filter(({ dryRun }) => !dryRun));
  const onTrial = policies.some(({ dryRun }) => dryRun) ? sortPolicies(policies) : undefined;
  return {
    decide(spiffeId, request) {
      const subject = { spiffeId, request };
      const rule = denies(inForce, subject);
      if (rule !== undefined) return { rule, dryRun: false };
      const would = onTrial && denies(onTrial, subject);
      return would === undefined ? undefined : { rule: would, dryRun: true };
    },
  };
}

interface Sorted {
  readonly deny: readonly Policy[];
  readonly allow: readonly Policy[];
  readonly allowNames: string;
}

function sortPolicies(configs: readonly AuthorizationPolicyConfig[]): Sorted {
  const of = (action: string): AuthorizationPolicyConfig[] =>
    configs.filter((one) => one.action === action);
  return {
    deny: of('deny').map(compilePolicy),
    allow: of('allow').map(compilePolicy),
    allowNames: of('allow')
      .map(({ name }) => name)
      .join(','),
  };
}

function denies({ deny, allow, allowNames }: Sorted, subject: Subject): string | undefined {
  const denial = deny.find(({ fits }) => fits(subject));
  if (denial) return denial.name;
  if (allow.length === 0 || allow.some(({ fits }) => fits(subject))) return undefined;
  return allowNames;
}
