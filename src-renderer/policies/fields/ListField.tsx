import { useEffect, useState } from 'react';
import type { Written } from '../../../src-main/api/contract/index.ts';
import { Field } from '../../ui/Field.tsx';
import { sayAny } from '../say.ts';
import { useForm } from './form-context.ts';
import type { FieldProps } from './SchemaField.tsx';
import { listOf, numberIn } from './typed.ts';

/** Several, with commas between them. */
export function ListField({ keys, spec, label }: FieldProps) {
  const form = useForm();
  const numbers = spec.kind === 'list' && spec.item.kind === 'number';
  const value = form.value(keys);
  const shown = listOf(value).map(sayAny).join(', ');
  const [text, setText] = useState(shown);
  useEffect(
    () => setText((before) => (same(before, value, numbers) ? before : shown)),
    [value, shown, numbers],
  );
  const usual = spec.usual === undefined ? undefined : sayAny(spec.usual);
  return (
    <Field label={label} hint={describe(spec.description)} error={form.error(keys)}>
      <input
        data-testid={form.testId(keys)}
        value={text}
        placeholder={form.hint(keys).placeholder ?? usual}
        spellCheck={false}
        onChange={({ target }) => {
          setText(target.value);
          const items = itemsIn(target.value, numbers);
          form.change(keys, items.length === 0 ? undefined : items);
        }}
      />
    </Field>
  );
}

function describe(description: string | undefined): string {
  return `${description ?? ''} Several with commas.`.trim();
}

function itemsIn(text: string, numbers: boolean): Written[] {
  const parts = text.split(',').map((part) => part.trim());
  return parts.flatMap((part) => (part === '' ? [] : [numbers ? (numberIn(part) ?? part) : part]));
}

/** While a comma is being typed, the text says the same as before. */
function same(text: string, value: Written | undefined, numbers: boolean): boolean {
  return JSON.stringify(itemsIn(text, numbers)) === JSON.stringify(listOf(value));
}
