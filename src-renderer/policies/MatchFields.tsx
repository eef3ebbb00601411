/** Which calls a fault is for. */
import { Field } from '../ui/Field.tsx';
import { isNarrowed } from './fault-draft.ts';
import type { DraftFieldsProps } from './draft-fields.ts';
import styles from './FaultForm.module.css';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

interface MatchFieldsProps extends DraftFieldsProps {
  readonly from: string;
  readonly to: string;
}

export function MatchFields({ draft, errors, change, from, to }: MatchFieldsProps) {
  const methods = [...new Set([...METHODS, ...(draft.method === '' ? [] : [draft.method])])];
  return (
    <>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.everyCaller}
          onChange={({ target }) => change({ everyCaller: target.checked })}
        />
        {`Every caller of ${to}, not only ${from}`}
      </label>
      <details className={styles.more} open={isNarrowed(draft) || draft.random || undefined}>
        <summary>Only for some calls</summary>
        <Field label="Path" hint="A prefix such as /charge; empty: every path." error={errors.path}>
          <input
            value={draft.path}
            placeholder="/"
            spellCheck={false}
            onChange={({ target }) => change({ path: target.value })}
          />
        </Field>
        <Field label="Method">
          <select value={draft.method} onChange={({ target }) => change({ method: target.value })}>
            <option value="">any</option>
            {methods.map((method) => (
              <option key={method}>{method}</option>
            ))}
          </select>
        </Field>
        <Field
          label="Headers"
          hint="A line for each that must have exactly this value."
          error={errors.headers}
        >
          <textarea
            rows={2}
            value={draft.headers}
            placeholder="x-user: ada"
            spellCheck={false}
            onChange={({ target }) => change({ headers: target.value })}
          />
        </Field>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.random}
            onChange={({ target }) => change({ random: target.checked })}
          />
          Draw each call by chance, instead of an exact share
        </label>
      </details>
    </>
  );
}
