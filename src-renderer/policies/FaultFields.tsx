/** The fields of a fault: what it does, on which calls, and when. */
import { X } from 'lucide-react';
import type { FaultKind, Written } from '../../src-main/api/contract/index.ts';
import { AddMenu } from './AddMenu.tsx';
import { CONTROL_KINDS, controlOf } from './catalogue.ts';
import type { Subject } from './control.ts';
import { valueAt } from './draft.ts';
import { whenOf } from './describe.ts';
import { Disclosure } from './fields/Disclosure.tsx';
import { useForm } from './fields/form-context.ts';
import { Fields } from './fields/GroupField.tsx';
import { descriptionOf, FAULT_SCOPE, FAULT_TIMES, layoutOf, pick } from './form-fields.ts';
import styles from './PolicyForm.module.css';
import { kindsOf } from './rules.ts';
import { sayMatch } from './say.ts';
import type { FieldSpec } from './schema/field-spec.ts';

interface FaultFieldsProps {
  readonly spec: FieldSpec;
  readonly value: Written;
  readonly subject: Subject;
}

export function FaultFields({ spec, value, subject }: FaultFieldsProps) {
  const form = useForm();
  const kinds = kindsOf(value);
  const missing = CONTROL_KINDS.filter((kind): kind is FaultKind => {
    return controlOf(kind).where.in === 'fault' && !kinds.some((one) => one === kind);
  });
  return (
    <>
      {kinds.map((kind) => (
        <Part key={kind} kind={kind} spec={spec} alone={kinds.length === 1} />
      ))}
      <AddMenu
        label="Another effect…"
        testId="fault-also"
        plain
        kinds={missing}
        onChoose={(kind) => form.change([kind], controlOf(kind).start(subject))}
      />
      <Disclosure label="Which calls" state={scopeOf(value)} testId="fault-scope">
        <Fields fields={pick(spec, FAULT_SCOPE)} within={[]} />
        <Match spec={spec} />
      </Disclosure>
      <Disclosure
        label="Which of them, and when"
        state={whenOf(value).join(', ') || 'always'}
        testId="fault-times"
      >
        <Fields fields={pick(spec, FAULT_TIMES)} within={[]} />
      </Disclosure>
      <Disclosure label="Name" state={String(valueAt(value, ['name']))} testId="fault-named">
        <Fields fields={pick(spec, ['name'])} within={[]} />
      </Disclosure>
    </>
  );
}

const USUAL = ['path', 'method', 'headers'];

/** What is asked of the request itself. */
function Match({ spec }: { spec: FieldSpec }) {
  const fields = pick(spec, ['match']).flatMap((match) =>
    match.spec.kind === 'group' ? match.spec.fields : [],
  );
  return (
    <>
      <Fields fields={fields.filter(({ key }) => USUAL.includes(key))} within={['match']} />
      <Disclosure label="More of the request">
        <Fields fields={fields.filter(({ key }) => !USUAL.includes(key))} within={['match']} />
      </Disclosure>
    </>
  );
}

/** One thing that the fault does. */
function Part({ kind, spec, alone }: { kind: FaultKind; spec: FieldSpec; alone: boolean }) {
  const form = useForm();
  const { first, title } = controlOf(kind);
  const [part] = pick(spec, [kind]);
  if (!part) return null;
  const layout = layoutOf(part.spec, first);
  return (
    <section className={styles.part} aria-label={title}>
      {!alone && (
        <header>
          <h3>{title}</h3>
          <button
            type="button"
            aria-label={`Without ${title}`}
            onClick={() => form.change([kind], undefined)}
          >
            <X size={13} aria-hidden />
          </button>
        </header>
      )}
      <p className={styles.about}>{descriptionOf(kind)}</p>
      <Fields fields={layout.first} within={[kind]} />
      {layout.more.length > 0 && (
        <Disclosure label="More" testId={`fault-more-${kind}`}>
          <Fields fields={layout.more} within={[kind]} />
        </Disclosure>
      )}
    </section>
  );
}

function scopeOf(value: Written): string {
  const [from, ...others] = FAULT_SCOPE.map((key) => valueAt(value, [key]));
  const match = valueAt(value, ['match']);
  const parts = [
    from === undefined ? 'every caller' : `from ${String(from)}`,
    ...others.flatMap((one) => (one === undefined ? [] : [String(one as string)])),
    ...(match === undefined ? [] : [sayMatch(match)]),
  ];
  return parts.join(', ');
}
