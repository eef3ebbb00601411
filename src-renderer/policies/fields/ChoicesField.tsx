import type { Written } from '../../../src-main/api/contract/index.ts';
import styles from './Fields.module.css';
import { useForm } from './form-context.ts';
import type { FieldProps } from './SchemaField.tsx';
import { listOf } from './typed.ts';

/** Some of a few, each a button that stays pressed. */
export function ChoicesField({ keys, spec, label }: FieldProps) {
  const form = useForm();
  const { from, words = {} } = form.hint(keys);
  const given = form.value(keys);
  const alone = spec.kind === 'list' && spec.alone;
  const chosen = listOf(given ?? (spec.usual as Written | undefined));
  const offered = spec.kind === 'choices' ? spec.options : from ? form.choices[from] : [];
  const others = chosen.filter((one) => !offered.some((option) => option === one));
  const error = form.error(keys);
  const toggle = (one: Written): void => {
    const next = chosen.includes(one) ? chosen.filter((kept) => kept !== one) : [...chosen, one];
    form.change(keys, next.length === 0 ? undefined : alone && next.length === 1 ? next[0] : next);
  };
  return (
    <fieldset className={styles.choices} data-testid={form.testId(keys)}>
      <legend>{label}</legend>
      <div>
        {[...offered, ...(others as string[])].map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={chosen.includes(one)}
            onClick={() => toggle(one)}
          >
            {words[one] ?? one}
          </button>
        ))}
      </div>
      {spec.description !== undefined && <small>{spec.description}</small>}
      {error !== undefined && (
        <span className={styles.error} role="alert">
          {error}
        </span>
      )}
    </fieldset>
  );
}
