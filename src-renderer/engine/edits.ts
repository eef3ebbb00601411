/** Edits of the document: all that the app can change. What goes wrong is shown, never thrown. */
import { RpcError } from '../../src-main/api/contract/index.ts';
import type { Edit } from '../../src-main/api/contract/index.ts';
import { showToast } from '../app/toasts.ts';
import { EngineError } from './client.ts';
import { ask } from './session.ts';
import { engineStore } from './store.ts';

/** True where the edit was taken. */
export function sendEdit(edit: Edit): Promise<boolean> {
  return attempt(async () => {
    try {
      await ask('edit', { base: currentVersion(), edit });
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== RpcError.STALE) throw error;
      // Somebody was faster; each of our edits says all that it wants, so it still holds.
      const { version } = error.data as { version: number };
      await ask('edit', { base: version, edit });
    }
  });
}

export function undo(): Promise<boolean> {
  return attempt(() => ask('undo', {}));
}

export function redo(): Promise<boolean> {
  return attempt(() => ask('redo', {}));
}

/** Runs a request whose failure the user should see. */
export async function attempt(task: () => Promise<unknown>): Promise<boolean> {
  try {
    await task();
    return true;
  } catch (error) {
    showToast('error', error instanceof Error ? error.message : String(error));
    return false;
  }
}

function currentVersion(): number {
  return engineStore.getState().state?.document.version ?? 0;
}
