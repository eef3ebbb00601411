import { Plus, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Written } from '../../../src-main/api/contract/index.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { isMapping } from '../draft.ts';
import { sayAny } from '../say.ts';
import styles from './Fields.module.css';
import { useForm } from './form-context.ts';
import type { FieldProps } from './SchemaField.tsx';
import { numberIn } from './typed.ts';
import { CompareInput } from './VariantsField.tsx';

type Row = readonly [name: string, value: Written];

/** Names with values: headers, cookies, shares. A row without a name is not there yet. */
export function PairsField({ keys, spec, label }: FieldProps) {
  const form = useForm();
  const value = form.value(keys);
  const [rows, setRows] = useState<readonly Row[]>(() => rowsOf(value));
  useEffect(() => setRows((before) => (same(before, value) ? before : rowsOf(value))), [value]);
  const error = form.error(keys);
  const put = (next: readonly Row[]): void => {
    setRows(next);
    form.change(keys, pairsOf(next));
  };
  const [hintName = '', hintValue = ''] = (form.hint(keys).placeholder ?? '').split(': ');
  const inner = spec.kind === 'pairs' ? spec.value : spec;
  return (
    <fieldset className={styles.pairs} data-testid={form.testId(keys)}>
      <legend>{label}</legend>
      {spec.description !== undefined && <small>{spec.description}</small>}
      {rows.map((row, i) => (
        <div key={i} className={styles.pair} data-tall={inner.kind === 'variants' || undefined}>
          <input
            aria-label={`${label}: name ${i + 1}`}
            value={row[0]}
            placeholder={hintName || 'name'}
            spellCheck={false}
            onChange={({ target }) => put(rows.with(i, [target.value, row[1]]))}
          />
          <PairValue
            spec={inner}
            label={`${label}: value ${i + 1}`}
            value={row[1]}
            placeholder={hintValue || 'value'}
            onChange={(next) => put(rows.with(i, [row[0], next]))}
          />
          <IconButton
            label={`Remove ${row[0] || 'it'}`}
            icon={X}
            onClick={() => put(rows.filter((_, at) => at !== i))}
          />
        </div>
      ))}
      <button
        type="button"
        className={styles.add}
        aria-label={`Add to ${label}`}
        onClick={() => setRows([...rows, ['', inner.kind === 'percent' ? 0 : '']])}
      >
        <Plus size={13} aria-hidden /> Add
      </button>
      {error !== undefined && (
        <span className={styles.error} role="alert">
          {error}
        </span>
      )}
    </fieldset>
  );
}

interface PairValueProps {
  readonly spec: FieldProps['spec'];
  readonly label: string;
  readonly value: Written;
  readonly placeholder: string;
  onChange(next: Written): void;
}

function PairValue({ spec, label, value, placeholder, onChange }: PairValueProps) {
  if (spec.kind === 'variants') {
    const shared = { label, value, placeholder, bare: 'exact' };
    return <CompareInput {...shared} variants={spec.variants} onChange={onChange} />;
  }
  const number = spec.kind === 'percent' || spec.kind === 'number';
  return (
    <input
      aria-label={label}
      inputMode={number ? 'decimal' : undefined}
      value={Array.isArray(value) ? value.map(sayAny).join(', ') : sayAny(value)}
      placeholder={placeholder}
      spellCheck={false}
      onChange={({ target }) => {
        if (spec.kind === 'list') onChange(target.value.split(',').map((part) => part.trim()));
        else onChange(number ? (numberIn(target.value) ?? 0) : target.value);
      }}
    />
  );
}

function rowsOf(value: Written | undefined): Row[] {
  return isMapping(value) ? Object.entries(value) : [];
}

function pairsOf(rows: readonly Row[]): Written | undefined {
  const named = rows.filter(([name]) => name.trim() !== '');
  if (named.length === 0) return undefined;
  return Object.fromEntries(named.map(([name, value]) => [name.trim(), value]));
}

function same(rows: readonly Row[], value: Written | undefined): boolean {
  return JSON.stringify(pairsOf(rows)) === JSON.stringify(value);
}
