/** What every field of a form knows of the form. */
import { createContext, useContext } from 'react';
import type { Written } from '../../../src-main/api/contract/index.ts';
import type { Choices, FieldHint } from '../control.ts';
import type { Keys } from '../draft.ts';

export interface FormState {
  readonly choices: Choices;
  value(keys: Keys): Written | undefined;
  /** Undefined takes it away. */
  change(keys: Keys, next: Written | undefined): void;
  hint(keys: Keys): FieldHint;
  /** What the document would be told is wrong there, or within it. */
  error(keys: Keys): string | undefined;
  testId(keys: Keys): string;
}

export const FormContext = createContext<FormState | undefined>(undefined);

export function useForm(): FormState {
  const form = useContext(FormContext);
  if (!form) throw new Error('a field outside of a form');
  return form;
}
