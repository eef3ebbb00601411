/** Begins a capture, at once or by its form. */
import { sendEdit } from '../../engine/edits.ts';
import { engineStore } from '../../engine/store.ts';
import type { Mapping } from '../../policies/draft.ts';
import { startEditing } from '../../policies/editing.ts';
import { namesBeside } from '../../policies/rules.ts';
import { showScreen } from '../../app/ui-store.ts';
import { newCapture } from './begin.ts';
import type { CaptureScope } from './begin.ts';

/** As it is suggested. False where the document refuses it, which is shown. */
export function startCapture(scope: CaptureScope): Promise<boolean> {
  const value = suggested(scope);
  return sendEdit({ kind: 'put-policy', place: placeOf(value), value });
}

/** Which requests, how many, and what of them: in the form beside the graph. */
export function designCapture(scope: CaptureScope): void {
  const value = suggested(scope);
  showScreen('mesh');
  startEditing({
    kind: 'capture',
    place: placeOf(value),
    value,
    was: undefined,
    to: scope.to ?? '',
    from: scope.from,
  });
}

function suggested(scope: CaptureScope): Mapping {
  const content = engineStore.getState().state?.document.content ?? {};
  return newCapture(scope, namesBeside(content, ['capture', { named: '' }]));
}

function placeOf(value: Mapping): [string, { named: string }] {
  return ['capture', { named: String(value['name']) }];
}
