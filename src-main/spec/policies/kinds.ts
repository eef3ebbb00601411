/** What goes wrong on purpose, in the order in which it acts on a try. */
export const FAULT_KINDS = [
  'delay',
  'partition',
  'nameNotFound',
  'connectionRefused',
  'down',
  'silence',
  'abort',
  'identity',
  'responseHeaders',
  'corrupt',
  'truncate',
  'limitData',
  'bandwidth',
  'slicer',
  'slowClose',
  'resetPeer',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** The closed list of policy kinds. Each has a file of its name in every room. */
export const POLICY_KINDS = [
  'split',
  'override',
  'mirror',
  'timeout',
  'idleTimeout',
  'retry',
  'hedge',
  'callerOverrides',
  'headers',
  'rewrite',
  'redirect',
  'directResponse',
  'loadBalancing',
  'circuitBreaker',
  'connectionPool',
  'outlierDetection',
  'healthCheck',
  'mtls',
  'authorization',
  'rateLimit',
  ...FAULT_KINDS,
] as const;

export type PolicyKind = (typeof POLICY_KINDS)[number];
