/** What a rule would do, before it does it. */
import { TriangleAlert } from 'lucide-react';
import type { Forecast, Written } from '../../src-main/api/contract/index.ts';
import { useEngine } from '../engine/store.ts';
import type { Subject } from './control.ts';
import { valueAt } from './draft.ts';
import { Disclosure } from './fields/Disclosure.tsx';
import styles from './PolicyForm.module.css';
import { previewOf, rateOf, warningsOf } from './preview.ts';
import type { FormProblems } from './problems.ts';
import type { RuleKind } from './rules.ts';
import type { ForecastView } from './use-forecast.ts';

interface PreviewProps {
  readonly kind: RuleKind;
  readonly value: Written;
  readonly subject: Subject;
  readonly view: ForecastView;
  readonly problems: FormProblems;
}

export function Preview({ kind, value, subject, view, problems }: PreviewProps) {
  const hasCaller = kind === 'fault' || kind === 'capture';
  const from = hasCaller ? valueAt(value, ['from']) : undefined;
  const rate = useEngine(({ edges }) => rateOf(edges, subject.to, from as string | undefined));
  const errors = [...problems.others, ...(view.refusal === undefined ? [] : [view.refusal])];
  const warnings = [...warningsOf(kind, value, subject), ...problems.warnings];
  const isFault = kind === 'fault' || kind === 'instanceFault';
  return (
    <div className={styles.forecast} data-testid="preview">
      <div className={`${styles.preview} num`} data-fault={isFault || undefined} role="status">
        {previewOf(kind, value, subject, rate).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      {errors.map((error) => (
        <p key={error} className={styles.refusal} role="alert">
          {error}
        </p>
      ))}
      {warnings.map((warning) => (
        <p key={warning} className={styles.warning}>
          <TriangleAlert size={13} aria-hidden />
          <span>{warning}</span>
        </p>
      ))}
    </div>
  );
}

/** The lines of the document that would be others. */
export function Change({ change: { line, removed, added } }: { change: Forecast['change'] }) {
  const nothing = removed.length === 0 && added.length === 0;
  return (
    <Disclosure
      label="In the document"
      state={nothing ? 'nothing changes' : `line ${line}`}
      testId="preview-document"
    >
      <pre className={styles.change} tabIndex={0} aria-label="Changed lines">
        {removed.map((text, i) => (
          <del key={i}>{text || ' '}</del>
        ))}
        {added.map((text, i) => (
          <ins key={i}>{text || ' '}</ins>
        ))}
      </pre>
    </Disclosure>
  );
}
