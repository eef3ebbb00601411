/** Adds a rule, or changes one: its fields, what it would do, and what the document would say to it. */
import { ArrowLeft } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Edit, Place, Written } from '../../src-main/api/contract/index.ts';
import { sendEdit } from '../engine/edits.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { titleOf } from './describe.ts';
import { valueAt, withValue } from './draft.ts';
import type { Keys } from './draft.ts';
import { stopEditing } from './editing.ts';
import type { Editing } from './editing.ts';
import { FaultFields } from './FaultFields.tsx';
import { FormContext } from './fields/form-context.ts';
import type { FormState } from './fields/form-context.ts';
import { hintFor, shownKeys, specFor } from './form-fields.ts';
import styles from './PolicyForm.module.css';
import { Change, Preview } from './Preview.tsx';
import { problemsOf } from './problems.ts';
import type { FormProblems } from './problems.ts';
import { kindsOf } from './rules.ts';
import { RuleFields } from './RuleFields.tsx';
import type { FieldSpec } from './schema/field-spec.ts';
import { useSubject } from './subject.ts';
import type { Subject } from './control.ts';
import { useForecast } from './use-forecast.ts';

export function PolicyForm({ editing }: { editing: Editing }) {
  const { kind, place, to, from, was } = editing;
  const [draft, setDraft] = useState<Written | undefined>(editing.value);
  const spec = useMemo(() => specFor(place), [place]);
  const subject = useSubject(to, from);
  const edit = editFor(place, draft, was);
  const view = useForecast(edit);
  const problems = problemsOf(
    view.forecast,
    useMemo(() => shownIn(spec), [spec]),
  );
  const form = formState(editing, draft, setDraft, problems, subject);
  const ref = useFocus();
  const refused = problems.refused || view.refusal !== undefined || draft === undefined;
  const save = async (): Promise<void> => {
    if (await sendEdit(edit)) stopEditing();
  };
  return (
    <form
      ref={ref}
      className={styles.form}
      aria-label={`${was === undefined ? 'New: ' : ''}${titleOf({ ...editing, value: draft ?? {} })}`}
      data-testid="policy-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!refused) void save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.stopPropagation();
        stopEditing();
      }}
    >
      <Head editing={editing} value={draft ?? {}} />
      <FormContext value={form}>
        <div className={styles.body}>
          {kind === 'fault' ? (
            <FaultFields spec={spec} value={draft ?? {}} subject={subject} />
          ) : (
            <RuleFields kind={kind} spec={spec} name={editing.name} />
          )}
          {view.forecast && <Change change={view.forecast.change} />}
        </div>
      </FormContext>
      <footer className={styles.foot}>
        <Preview
          kind={kind}
          value={draft ?? {}}
          subject={subject}
          view={view}
          problems={problems}
        />
        <Button onClick={stopEditing}>Cancel</Button>
        <Button
          submit
          kind="primary"
          testId={kind === 'fault' ? 'fault-save' : 'policy-save'}
          disabled={refused}
        >
          {was === undefined ? beginWord(kind) : 'Change'}
        </Button>
      </footer>
    </form>
  );
}

function beginWord(kind: Editing['kind']): string {
  if (kind === 'capture') return 'Capture';
  return kind.toLowerCase().endsWith('fault') ? 'Inject' : 'Add';
}

function Head({ editing, value }: { editing: Editing; value: Written }) {
  const { to, from, within, was } = editing;
  const way = to === '' ? 'requests to all services' : from === undefined ? to : `${from} → ${to}`;
  return (
    <header className={styles.head}>
      <IconButton label="Back" icon={ArrowLeft} onClick={stopEditing} />
      <div>
        <h2>{titleOf({ ...editing, value })}</h2>
        <p>{within === undefined ? way : `${way}, ${within}`}</p>
      </div>
      {was === undefined && <span className={styles.new}>new</span>}
    </header>
  );
}

function editFor(place: Place, value: Written | undefined, was: Written | undefined): Edit {
  return {
    kind: 'put-policy',
    place: [...place],
    value: value ?? {},
    ...(was !== undefined && { was }),
  };
}

function shownIn(spec: FieldSpec): Set<string> {
  return spec.kind === 'group' ? shownKeys(spec.fields) : new Set(['']);
}

function formState(
  { kind, place }: Editing,
  draft: Written | undefined,
  setDraft: (next: Written | undefined) => void,
  problems: FormProblems,
  { choices }: Subject,
): FormState {
  const first = kind === 'fault' ? kindsOf(draft ?? {})[0] : undefined;
  return {
    choices,
    value: (keys) => valueAt(draft, keys),
    change: (keys, next) => setDraft(withField(draft, keys, next)),
    hint: (keys) => hintFor(kind, keys),
    error: problems.at,
    testId: (keys) => testIdOf(place, keys, first),
  };
}

/** A fault's part stays where nothing is said in it: `down: {}`. */
function withField(
  draft: Written | undefined,
  keys: Keys,
  next: Written | undefined,
): Written | undefined {
  const changed = withValue(draft, keys, next);
  const [part = ''] = keys;
  const isPart = keys.length > 1 && kindsOf({ [part]: {} }).length > 0;
  if (isPart && valueAt(changed, [part]) === undefined) return withValue(changed, [part], {});
  return changed ?? (keys.length > 0 ? {} : undefined);
}

/**
 * `fault-duration` of what a fault does first, `fault-abort-status` of what it does besides,
 * `rule-match-path` of when and for whom; `policy-attempts` of anything else.
 */
function testIdOf(place: Place, keys: Keys, first: string | undefined): string {
  const [part = '', ...rest] = keys;
  if (place[0] !== 'faults') return ['policy', ...keys].join('-');
  if (kindsOf({ [part]: {} }).length === 0) return ['rule', ...keys].join('-');
  return ['fault', ...(part === first ? rest : keys)].join('-');
}

/** The first field, so that one can type at once; and back to where one was. */
function useFocus() {
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    ref.current
      ?.querySelector<HTMLElement>('input, select, textarea, [role="slider"], fieldset button')
      ?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return ref;
}
