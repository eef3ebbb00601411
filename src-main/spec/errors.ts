/** Every code that a problem can have. The README's table is checked against this list. */
export const PROBLEM_CODES = {
  'yaml-syntax': 'The text is not YAML.',
  'too-large': 'The document is larger than 1 MiB, too deep, or its aliases unfold to too much.',
  'not-a-mapping': 'The document is empty or is not a mapping.',
  'unknown-key': 'A key that means nothing at this place.',
  'missing-key': 'A key that must be given is not.',
  'wrong-type': 'A value of another kind is expected.',
  'wrong-value': 'The value is of the right kind, but not allowed here.',
  'duplicate-name': 'Two things have one name.',
  'reserved-name': 'The name means something else already.',
  'unknown-service': 'There is no service of this name.',
  'unknown-version': 'The service has no version of this name.',
  'self-call': 'A service names itself as one that it calls.',
  'split-sum': 'The weights of a split are not 100 together.',
  'empty-fault': 'A fault that does nothing.',
  'never-acts': 'A fault or a rule whose time or place is one that there is not.',
  'not-a-caller': 'The fault is for a caller that does not call the service.',
  'unknown-caller': 'A rule asks who calls a service that takes plain text alone.',
  'port-conflict': 'Two programs would listen on one port.',
  'missing-folder': 'A working folder does not exist.',
  'unreachable-route': 'A route that can never match, since one before it always does.',
  'unreachable-override': 'An override that leaves nothing to what stands behind it.',
  'idle-mirror': 'A mirror that sends nothing, or only where requests go anyway.',
  'idle-policy': 'A part of a policy that can never act, as the rest of it stands.',
  'no-instances': 'A version gets requests and has nobody to answer them.',
} as const;

export type ProblemCode = keyof typeof PROBLEM_CODES;
