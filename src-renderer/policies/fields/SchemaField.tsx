/** The field for a place of the schema. */
import type { Keys } from '../draft.ts';
import type { FieldSpec } from '../schema/field-spec.ts';
import { labelOf } from '../schema/labels.ts';
import { ChoiceField } from './ChoiceField.tsx';
import { ChoicesField } from './ChoicesField.tsx';
import { useForm } from './form-context.ts';
import { GroupField } from './GroupField.tsx';
import { ListField } from './ListField.tsx';
import { MomentField } from './MomentField.tsx';
import { NumberField } from './NumberField.tsx';
import { PairsField } from './PairsField.tsx';
import { PercentField } from './PercentField.tsx';
import { SwitchField } from './SwitchField.tsx';
import { TextField } from './TextField.tsx';
import { UnshownField } from './UnshownField.tsx';
import { VariantsField } from './VariantsField.tsx';

export interface FieldProps {
  /** From the rule on. */
  readonly keys: Keys;
  readonly spec: FieldSpec;
  readonly label: string;
  readonly required: boolean;
}

export interface SchemaFieldProps {
  readonly keys: Keys;
  readonly spec: FieldSpec;
  readonly required?: boolean;
  readonly label?: string;
}

export function SchemaField({ keys, spec, required = false, label }: SchemaFieldProps) {
  const hint = useForm().hint(keys);
  const props = {
    keys,
    required,
    spec: { ...spec, description: (hint.help ?? spec.description) || undefined },
    label: label ?? hint.label ?? labelOf(keys.at(-1) ?? ''),
  };
  switch (spec.kind) {
    case 'duration':
    case 'text':
      return hint.from && spec.kind === 'text' ? (
        <ChoiceField {...props} />
      ) : (
        <TextField {...props} />
      );
    case 'moment':
      return <MomentField {...props} />;
    case 'number':
      return <NumberField {...props} />;
    case 'percent':
      return <PercentField {...props} />;
    case 'switch':
      return <SwitchField {...props} />;
    case 'choice':
      return <ChoiceField {...props} />;
    case 'choices':
      return <ChoicesField {...props} />;
    case 'list':
      return hint.from ? <ChoicesField {...props} /> : <ListField {...props} />;
    case 'pairs':
      return <PairsField {...props} />;
    case 'group':
      return hint.oneOf ? <VariantsField {...props} /> : <GroupField {...props} />;
    case 'variants':
      return <VariantsField {...props} />;
    case 'unshown':
      return <UnshownField {...props} />;
  }
}
