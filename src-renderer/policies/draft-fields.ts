import type { DraftErrors, FaultDraft } from './fault-draft.ts';

/** What the fields of a fault's form get. */
export interface DraftFieldsProps {
  readonly draft: FaultDraft;
  readonly errors: DraftErrors;
  change(part: Partial<FaultDraft>): void;
}
