/** The closed list of policy kinds. Each has a file of its name in every room. */
export const POLICY_KINDS = [
  'split',
  'override',
  'timeout',
  'retry',
  'delay',
  'abort',
  'mtls',
] as const;

export type PolicyKind = (typeof POLICY_KINDS)[number];
