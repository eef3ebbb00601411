/** Sends a request again, and opens what came of it beside what it was. */
import type {
  CapturedExchange,
  HopView,
  OutgoingRequest,
} from '../../../src-main/api/contract/index.ts';
import { showToast } from '../../app/toasts.ts';
import { attempt } from '../../engine/edits.ts';
import { ask } from '../../engine/session.ts';
import { openBeside, paneStore } from '../pane-store.ts';
import { draftOf, outgoingOf } from './draft.ts';

/** As it was, its secrets included where they were kept. A failure is shown. */
export function replay(traceId: string, hop: HopView, shown: CapturedExchange): Promise<boolean> {
  return attempt(async () => {
    const whole = shown.canReveal
      ? await ask('exchange', { traceId, spanId: hop.spanId, revealed: true })
      : shown;
    await send(traceId, outgoingOf(draftOf(whole.request), hop, !shown.canReveal));
  });
}

/** @throws Error where it could not be sent */
export async function send(traceId: string, request: OutgoingRequest): Promise<void> {
  const sent = await ask('send', request);
  if (sent.failure !== '') showToast('warning', `No answer came: ${sent.failure}`);
  if (sent.spanId === '') {
    showToast(
      'warning',
      'No proxy has told of the request that was sent: there is nothing to show.',
    );
    return;
  }
  paneStore.setState({ tab: 'messages' });
  openBeside(sent.traceId, traceId);
  paneStore.setState({ span: sent.spanId });
}
