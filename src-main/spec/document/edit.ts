/** Edits: each a pure function from the document's text to its next one. */
import { formatDuration } from '../../base/units.ts';
import type { Edit } from '../edits.ts';
import type { Fault, RequestMatch, TrafficPolicy } from '../mesh.ts';
import { DEFAULT_RETRY_ON } from '../policies/retry.ts';
import { deleteIn, setIn } from './splice.ts';
import type { Value } from './splice.ts';
import { parseTree } from './tree.ts';

/** The edit does not fit the document: what it speaks of is not there. */
export class EditError extends Error {}

type Edits = { [K in Edit['kind']]: (text: string, edit: Extract<Edit, { kind: K }>) => string };

const EDITS: Edits = {
  'put-fault': (text, { fault }) => {
    const at = faultNames(text).indexOf(fault.name);
    const index = at < 0 ? faultNames(text).length : at;
    return setIn(text, ['faults', index], faultValue(fault));
  },
  'remove-fault': (text, { name }) => deleteIn(text, ['faults', faultIndex(text, name)]),
  'switch-fault': (text, { name, enabled }) => {
    const path = ['faults', faultIndex(text, name), 'enabled'];
    return enabled ? deleteIn(text, path) : setIn(text, path, false);
  },
  'switch-all-faults-off': (text) =>
    faultNames(text).reduce(
      (result, _name, i) => setIn(result, ['faults', i, 'enabled'], false),
      text,
    ),
  'set-split': (text, { service, split }) => setPolicy(text, service, 'split', split),
  'set-timeout': (text, { service, timeout }) =>
    setPolicy(text, service, 'timeout', timeout === null ? null : formatDuration(timeout)),
  'set-retry': (text, { service, retry }) =>
    setPolicy(text, service, 'retry', retry === null ? null : retryValue(retry)),
  'set-mtls': (text, { mode }) => setIn(text, ['mtls'], mode),
  'set-visitors': (text, { enabled, rate }) => {
    if (!has(text, 'visitors')) throw new EditError('the document has no visitors');
    const switched = enabled === undefined ? text : setIn(text, ['visitors', 'enabled'], enabled);
    return rate === undefined ? switched : setIn(switched, ['visitors', 'rate'], rate);
  },
  'replace-text': (_text, edit) => edit.text,
};

/**
 * The text after the edit; all that the edit does not touch is the same to the byte. The result is
 * not checked: it must be read again. @throws EditError
 */
export function applyEdit(text: string, edit: Edit): string {
  const apply = EDITS[edit.kind] as (text: string, edit: Edit) => string;
  return apply(text, edit);
}

/** The edit in a few words, for the timeline. */
export function describeEdit(edit: Edit): string {
  switch (edit.kind) {
    case 'put-fault':
      return `fault ${edit.fault.name} set`;
    case 'remove-fault':
      return `fault ${edit.name} removed`;
    case 'switch-fault':
      return `fault ${edit.name} switched ${edit.enabled ? 'on' : 'off'}`;
    case 'switch-all-faults-off':
      return 'all faults switched off';
    case 'set-split':
      return edit.split === null
        ? `split of ${edit.service} removed`
        : `split of ${edit.service} set to ${Object.entries(edit.split)
            .map(([name, weight]) => `${name} ${weight} %`)
            .join(', ')}`;
    case 'set-timeout':
      return `timeout of ${edit.service} ${edit.timeout === null ? 'removed' : `set to ${formatDuration(edit.timeout)}`}`;
    case 'set-retry':
      return `retries of ${edit.service} ${edit.retry === null ? 'removed' : 'set'}`;
    case 'set-mtls':
      return `mTLS set to ${edit.mode}`;
    case 'set-visitors':
      return 'visitors adjusted';
    case 'replace-text':
      return 'document changed';
  }
}

function document(text: string): Record<string, unknown> {
  return (parseTree(text).document.toJS() ?? {}) as Record<string, unknown>;
}

function has(text: string, key: string): boolean {
  return document(text)[key] !== undefined;
}

function faultNames(text: string): string[] {
  const faults = (document(text)['faults'] ?? []) as { name: string }[];
  return faults.map(({ name }) => name);
}

function faultIndex(text: string, name: string): number {
  const index = faultNames(text).indexOf(name);
  if (index < 0) throw new EditError(`there is no fault "${name}"`);
  return index;
}

function setPolicy(
  text: string,
  service: string,
  key: keyof TrafficPolicy,
  value: Value | null,
): string {
  const path = ['traffic', service, key];
  return value === null ? deleteIn(text, path) : setIn(text, path, value);
}

type Retry = NonNullable<TrafficPolicy['retry']>;

function retryValue({ attempts, perTryTimeout, on }: Retry): Value {
  const usual = on.join() === DEFAULT_RETRY_ON.join();
  return {
    attempts,
    ...(perTryTimeout !== undefined && { perTryTimeout: formatDuration(perTryTimeout) }),
    ...(!usual && { on: [...on] }),
  };
}

/** As a person would write it: without what is the default. */
function faultValue({ name, enabled, from, to, match, delay, abort, random }: Fault): Value {
  const matchPart = matchValue(match);
  return {
    name,
    ...(!enabled && { enabled }),
    ...(from !== undefined && { from }),
    to,
    ...(matchPart && { match: matchPart }),
    ...(delay && {
      delay: { duration: formatDuration(delay.duration), ...share(delay.percentage) },
    }),
    ...(abort && { abort: { status: abort.status, ...share(abort.percentage) } }),
    ...(random && { random }),
  };
}

function share(percentage: number): { percentage?: number } {
  return percentage === 100 ? {} : { percentage };
}

function matchValue({ path, method, headers }: RequestMatch): { [key: string]: Value } | undefined {
  const value = {
    ...(path !== undefined && { path }),
    ...(method !== undefined && { method }),
    ...(headers !== undefined && { headers }),
  };
  return Object.keys(value).length > 0 ? value : undefined;
}
