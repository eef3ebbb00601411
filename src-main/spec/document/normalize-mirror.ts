/** A mirror of the document, with its defaults filled in. */
import type { Mirror } from '../mirror.ts';
import type { RoutePolicyInput } from '../schema/route-policy.ts';

export function normalizeMirror(input: NonNullable<RoutePolicyInput['mirror']>): Mirror {
  const { service, version, percentage = 100, random = false } = input;
  return {
    ...(service !== undefined && { service }),
    ...(version !== undefined && { version }),
    percentage,
    random,
    hostSuffix: input.hostSuffix ?? true,
  };
}
