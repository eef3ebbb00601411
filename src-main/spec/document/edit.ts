/** Edits: each a pure function from the document's text to its next one. */
import { formatDuration } from '../../base/units.ts';
import type { Edit } from '../edits.ts';
import type { TrafficPolicy } from '../mesh.ts';
import { EditError, openTree, openedValue, removeValue, sectionOf, setValue } from './change.ts';
import { writeFault } from './fault-text.ts';
import { matchValue } from './normalize-match.ts';
import { retryValue } from './normalize-tries.ts';
import { nameFor, putAt, removeAt, resolvePlace, switchAt } from './place-edit.ts';
import type { Path, Tree } from './tree.ts';
import type { Value } from './write.ts';

export { EditError } from './change.ts';

/** All but the one that brings a text of its own. */
type TreeEdit = Exclude<Edit, { kind: 'replace-text' }>;
type Edits = { [K in TreeEdit['kind']]: (tree: Tree, edit: Extract<Edit, { kind: K }>) => Tree };

const EDITS: Edits = {
  'put-fault': (tree, { fault }) => {
    const names = faultNames(tree);
    const at = names.indexOf(fault.name);
    return setValue(
      tree,
      ['faults', at < 0 ? names.length : at],
      writeFault(fault, matchValue(fault.match)),
    );
  },
  'remove-fault': (tree, { name }) => removeValue(tree, ['faults', faultIndex(tree, name)]),
  'switch-fault': (tree, { name, enabled }) =>
    setOrDefault(tree, ['faults', faultIndex(tree, name), 'enabled'], enabled, true),
  'switch-all-faults-off': (tree) =>
    (['faults', 'instanceFaults'] as const).reduce<Tree>(
      (before, section) =>
        faultNames(tree, section).reduce<Tree>(
          (result, _name, i) => setValue(result, [section, i, 'enabled'], false),
          before,
        ),
      tree,
    ),
  'set-split': (tree, { service, split }) => setPolicy(tree, service, 'split', split),
  'set-timeout': (tree, { service, timeout }) =>
    setPolicy(tree, service, 'timeout', timeout === null ? null : formatDuration(timeout)),
  'set-retry': (tree, { service, retry }) =>
    setPolicy(tree, service, 'retry', retry === null ? null : retryValue(retry)),
  'put-policy': (tree, { place, value, was }) => putAt(tree, place, value, was),
  'remove-policy': (tree, { place, was }) => removeAt(tree, place, was),
  'switch-policy': (tree, { place, enabled }) => switchAt(tree, place, enabled),
  'set-mtls': (tree, { mode }) => setOrDefault(tree, ['mtls'], mode, 'strict'),
  'set-service-mtls': (tree, { service, mode }) => {
    const path = ['services', service, 'mtls'];
    return mode === null ? removeValue(tree, path) : setValue(tree, path, mode);
  },
  'set-runtime': (tree, { service, version, runtime }) => {
    const path = ['services', service];
    if (version !== undefined)
      return setValue(tree, [...path, 'versions', version, 'runtime'], runtime);
    // What a version says of itself would win.
    const versions = Object.keys(openedValue(tree, [...path, 'versions']) ?? {});
    const bare = versions.reduce<Tree>(
      (result, name) => removeValue(result, [...path, 'versions', name, 'runtime']),
      tree,
    );
    return setValue(bare, [...path, 'runtime'], runtime);
  },
  'set-visitors': (tree, { enabled, rate }) => {
    if (!sectionOf(tree, 'visitors')) throw new EditError('the document has no visitors');
    const switched =
      enabled === undefined ? tree : setOrDefault(tree, ['visitors', 'enabled'], enabled, true);
    return rate === undefined ? switched : setValue(switched, ['visitors', 'rate'], rate);
  },
};

/**
 * The text after the edit; all that the edit does not touch is the same to the byte. Whether the
 * result is a mesh is not checked: it must be read again. @throws EditError
 */
export function applyEdit(text: string, edit: Edit): string {
  if (edit.kind === 'replace-text') return edit.text;
  const apply = EDITS[edit.kind] as (tree: Tree, edit: TreeEdit) => Tree;
  return apply(openTree(text), edit).text;
}

/** Where in the document the edit's policy stands, or will; empty for an edit of something else. */
export function placeOfEdit(text: string, edit: Edit): Path {
  return 'place' in edit ? resolvePlace(openTree(text), edit.place) : [];
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
    case 'put-policy':
      return `${nameFor(edit.place)} set`;
    case 'remove-policy':
      return `${nameFor(edit.place)} removed`;
    case 'switch-policy':
      return `${nameFor(edit.place)} switched ${edit.enabled ? 'on' : 'off'}`;
    case 'set-mtls':
      return `mTLS set to ${edit.mode}`;
    case 'set-service-mtls':
      return `mTLS of ${edit.service} ${edit.mode === null ? "as the mesh's" : `set to ${edit.mode}`}`;
    case 'set-runtime': {
      const what = edit.version === undefined ? '' : ` ${edit.version}`;
      const how = edit.runtime === 'docker' ? 'a container' : 'a local process';
      return `${edit.service}${what} runs as ${how}`;
    }
    case 'set-visitors':
      return 'visitors adjusted';
    case 'replace-text':
      return 'document changed';
  }
}

function faultNames(tree: Tree, section: 'faults' | 'instanceFaults' = 'faults'): unknown[] {
  const faults = sectionOf(tree, section) as { name?: unknown }[] | undefined | null;
  return (faults ?? []).map((fault) => fault?.name);
}

/** @throws EditError */
function faultIndex(tree: Tree, name: string): number {
  const index = faultNames(tree).indexOf(name);
  if (index < 0) throw new EditError(`there is no fault "${name}"`);
  return index;
}

/** What is the default is not said. */
function setOrDefault(tree: Tree, path: Path, value: Value, usual: Value): Tree {
  return value === usual ? removeValue(tree, path) : setValue(tree, path, value);
}

function setPolicy(
  tree: Tree,
  service: string,
  key: keyof TrafficPolicy,
  value: Value | null,
): Tree {
  const path = ['traffic', service, key];
  return value === null ? removeValue(tree, path) : setValue(tree, path, value);
}
