import type { Written } from '../../../src-main/api/contract/index.ts';
import { isMapping } from '../draft.ts';
import { Field } from '../../ui/Field.tsx';
import { sayAny } from '../say.ts';
import type { Variant } from '../schema/field-spec.ts';
import { labelOf } from '../schema/labels.ts';
import styles from './Fields.module.css';
import { useForm } from './form-context.ts';
import { SchemaField } from './SchemaField.tsx';
import type { FieldProps } from './SchemaField.tsx';
import { startOf, variantOf, waysFor } from './variants.ts';

/** A value that may be said in several ways: which one, and then its fields. */
export function VariantsField(props: FieldProps) {
  const { keys, spec, label, required } = props;
  const form = useForm();
  const value = form.value(keys);
  const variants = waysOf(spec);
  if (isCompared(variants)) return <CompareField {...props} />;
  const current = variantOf(variants, value);
  const fixed = variants.some(({ key }) => key === undefined);
  return (
    <div className={styles.variants}>
      <Field label={label} hint={spec.description} error={current ? undefined : form.error(keys)}>
        <div className={styles.way}>
          {current?.key === undefined && fixed && (
            <input
              data-testid={form.testId(keys)}
              aria-label={label}
              value={value === undefined ? '' : sayAny(value)}
              spellCheck={false}
              onChange={({ target }) => form.change(keys, target.value || undefined)}
            />
          )}
          <select
            aria-label={`${label}: how it is said`}
            data-testid={`${form.testId(keys)}-way`}
            value={current?.key ?? ''}
            onChange={({ target }) =>
              form.change(keys, startOf(variants, target.value || undefined, value))
            }
          >
            {(fixed || !required) && (
              <option value="">{fixed ? 'Fixed' : (form.hint(keys).placeholder ?? 'none')}</option>
            )}
            {variants.map(
              ({ key }) =>
                key !== undefined && (
                  <option key={key} value={key}>
                    {form.hint(keys).words?.[key] ?? labelOf(key)}
                  </option>
                ),
            )}
          </select>
        </div>
      </Field>
      {current?.key === undefined && fixed && form.error(keys) !== undefined && (
        <span className={styles.error} role="alert">
          {form.error(keys)}
        </span>
      )}
      {current?.key !== undefined && (
        <div className={styles.inner}>
          <VariantFields keys={[...keys, current.key]} variant={current} />
        </div>
      )}
    </div>
  );
}

/** The fields of a way stand open: it has been chosen. */
function VariantFields({ keys, variant }: { keys: readonly string[]; variant: Variant }) {
  const { spec } = variant;
  if (spec.kind !== 'group') return <SchemaField keys={keys} spec={spec} />;
  return (
    <div className={styles.side}>
      {spec.fields.map((field) => (
        <SchemaField
          key={field.key}
          keys={[...keys, field.key]}
          required={field.required}
          spec={field.spec}
        />
      ))}
    </div>
  );
}

/** A mapping of which one key may be given has a way for each. */
function waysOf(spec: FieldProps['spec']): readonly Variant[] {
  if (spec.kind === 'variants') return spec.variants;
  if (spec.kind !== 'group') return [];
  return spec.fields.map(({ key, spec: inner }) => ({ key, spec: inner }));
}

function isCompared(variants: readonly Variant[]): boolean {
  return variants.some(({ key }) => key === 'regex');
}

/** A text that is compared: whole, by its beginning, by a pattern. */
function CompareField({ keys, spec, label }: FieldProps) {
  const form = useForm();
  const value = form.value(keys) ?? '';
  return (
    <Field label={label} hint={spec.description} error={form.error(keys)}>
      <CompareInput
        label={label}
        testId={form.testId(keys)}
        variants={waysOf(spec)}
        // The document's short form of a path is its prefix; of all others, the whole value.
        bare={keys.at(-1) === 'path' ? 'prefix' : 'exact'}
        value={value}
        placeholder={form.hint(keys).placeholder ?? (keys.at(-1) === 'path' ? '/charge' : '')}
        onChange={(next) => form.change(keys, next === '' ? undefined : next)}
      />
    </Field>
  );
}

interface CompareInputProps {
  readonly label: string;
  readonly testId?: string;
  readonly variants: readonly Variant[];
  /** How a text that stands for itself is compared. */
  readonly bare: string;
  readonly value: Written;
  readonly placeholder: string;
  onChange(next: Written): void;
}

export function CompareInput(props: CompareInputProps) {
  const { label, testId, variants, bare, value, placeholder, onChange } = props;
  const [how = bare, text = ''] = isMapping(value)
    ? (Object.entries(value)[0] ?? [])
    : [bare, value];
  const say = (by: string, next: Written): void =>
    onChange(by === bare && !isMapping(value) ? next : by === bare ? next : { [by]: next });
  return (
    <span className={styles.compare}>
      <select
        aria-label={`${label}: how it is compared`}
        value={how}
        onChange={({ target }) => {
          const next = target.value === 'present' ? true : text === true ? '' : text;
          say(target.value, next);
        }}
      >
        {waysFor(variants, bare).map((by) => (
          <option key={by} value={by}>
            {by}
          </option>
        ))}
      </select>
      {how === 'present' ? (
        <select
          aria-label={`${label}: whether`}
          value={String(text)}
          onChange={({ target }) => onChange({ present: target.value === 'true' })}
        >
          <option value="true">yes</option>
          <option value="false">no</option>
        </select>
      ) : (
        <input
          aria-label={label}
          data-testid={testId}
          value={sayAny(text)}
          placeholder={placeholder}
          spellCheck={false}
          onChange={({ target }) => say(how, target.value)}
        />
      )}
    </span>
  );
}
