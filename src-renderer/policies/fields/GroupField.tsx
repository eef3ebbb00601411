import type { Written } from '../../../src-main/api/contract/index.ts';
import { isMapping } from '../draft.ts';
import type { Keys } from '../draft.ts';
import type { Field } from '../schema/field-spec.ts';
import { Disclosure } from './Disclosure.tsx';
import { FormContext, useForm } from './form-context.ts';
import type { FormState } from './form-context.ts';
import { SchemaField } from './SchemaField.tsx';
import type { FieldProps } from './SchemaField.tsx';

/** Fields that belong together; there as soon as one of them is filled in. */
export function GroupField({ keys, spec, label }: FieldProps) {
  const form = useForm();
  if (spec.kind !== 'group') return null;
  const given = form.value(keys);
  const body = (
    <Disclosure
      label={label}
      state={given === undefined ? 'not set' : ''}
      hint={spec.description}
      open={given !== undefined}
    >
      <Fields fields={spec.fields} within={keys} />
    </Disclosure>
  );
  if (spec.short === undefined) return body;
  return <FormContext value={withShort(form, keys, spec.short)}>{body}</FormContext>;
}

export function Fields({ fields, within }: { fields: readonly Field[]; within: Keys }) {
  return fields.map(({ key, required, spec }) => (
    <SchemaField key={key} keys={[...within, key]} required={required} spec={spec} />
  ));
}

/** A value that is no mapping stands for the mapping with this key alone, and is written as that. */
export function withShort(form: FormState, at: Keys, short: string): FormState {
  const longOf = (): Written | undefined => {
    const value = form.value(at);
    return value === undefined || isMapping(value) ? value : { [short]: value };
  };
  return {
    ...form,
    value: (keys) => {
      const whole = longOf();
      const rest = isBelow(keys, at) ? keys.slice(at.length) : undefined;
      if (!rest || !isMapping(whole)) return form.value(keys);
      return rest.reduce<Written | undefined>(
        (found, key) => (isMapping(found) ? found[key] : undefined),
        whole,
      );
    },
    change: (keys, next) => {
      const whole = longOf();
      const [key, ...rest] = keys.slice(at.length);
      const isOwn = isBelow(keys, at) && rest.length === 0;
      if (!isOwn || key === undefined) return form.change(keys, next);
      const changed = Object.entries({ ...(isMapping(whole) ? whole : {}), [key]: next }).filter(
        ([, value]) => value !== undefined,
      ) as [string, Written][];
      const [only] = changed;
      if (only && changed.length === 1 && only[0] === short) return form.change(at, only[1]);
      form.change(at, changed.length === 0 ? undefined : Object.fromEntries(changed));
    },
  };
}

function isBelow(keys: Keys, at: Keys): boolean {
  return keys.length > at.length && at.every((key, i) => keys[i] === key);
}
