/** What can be done with a captured exchange: look at its secrets, copy it, send it again, save it. */
import { Eye, EyeOff, PencilLine, RotateCw, SquareTerminal } from 'lucide-react';
import { useState } from 'react';
import type { CapturedExchange, HopView, TraceView } from '../../../src-main/api/contract/index.ts';
import { showToast } from '../../app/toasts.ts';
import { attempt } from '../../engine/edits.ts';
import { useEngine } from '../../engine/store.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { curlCommand, gatewayTarget, insideTarget } from './curl.ts';
import { draftOf, draftOfHop } from './draft.ts';
import { EditRequest } from './EditRequest.tsx';
import styles from './Messages.module.css';
import { replay } from './sending.ts';

interface MessageActionsProps {
  readonly trace: TraceView;
  readonly hop: HopView;
  /** Undefined: it is not there, or not yet. */
  readonly exchange: CapturedExchange | undefined;
  readonly isRevealed: boolean;
  onReveal(isRevealed: boolean): void;
}

export function MessageActions(props: MessageActionsProps) {
  const { trace, hop, exchange, isRevealed, onReveal } = props;
  const [isEditing, setEditing] = useState(false);
  return (
    <span className={styles.actions}>
      {exchange && <Secrets exchange={exchange} isRevealed={isRevealed} onReveal={onReveal} />}
      {exchange && <CopyCurl hop={hop} exchange={exchange} />}
      {exchange && <Replay trace={trace} hop={hop} exchange={exchange} />}
      <IconButton
        label="Edit and send again"
        icon={PencilLine}
        testId="edit-resend"
        onClick={() => setEditing(true)}
      />
      {isEditing && (
        <EditRequest
          traceId={trace.traceId}
          hop={hop}
          start={exchange ? draftOf(exchange.request) : draftOfHop(hop)}
          isMasked={exchange?.masked === true && hasMask(exchange)}
          keepsSecrets={exchange?.canReveal === true}
          onClose={() => setEditing(false)}
        />
      )}
    </span>
  );
}

function Secrets({
  exchange,
  isRevealed,
  onReveal,
}: Pick<MessageActionsProps, 'isRevealed' | 'onReveal'> & { exchange: CapturedExchange }) {
  if (!exchange.canReveal) {
    return hasMask(exchange) ? (
      <span className={styles.faint} title="They were made unreadable before anything was kept.">
        secrets masked
      </span>
    ) : null;
  }
  return (
    <IconButton
      label={isRevealed ? 'Mask secrets' : 'Show secrets'}
      icon={isRevealed ? EyeOff : Eye}
      testId="reveal"
      onClick={() => onReveal(!isRevealed)}
    />
  );
}

function CopyCurl({ hop, exchange }: { hop: HopView; exchange: CapturedExchange }) {
  const url = useEngine(({ engine }) => engine.gatewayUrl);
  const isInside = hop.direction !== 'gateway';
  const copy = async (): Promise<void> => {
    const target = isInside ? insideTarget(hop.source, hop.destination) : gatewayTarget(url);
    await navigator.clipboard.writeText(curlCommand(exchange.request, target));
    const where = isInside
      ? `It is for inside the mesh: run it in an instance of ${hop.source}.`
      : 'It goes to the gateway.';
    const secrets = hasMask(exchange) ? ' Secrets in it are masked.' : '';
    showToast('info', `${where}${secrets}`, { title: 'The command is copied' });
  };
  return (
    <IconButton
      label="Copy as curl"
      icon={SquareTerminal}
      testId="copy-curl"
      onClick={() => void attempt(copy)}
    />
  );
}

function Replay({
  trace,
  hop,
  exchange,
}: {
  trace: TraceView;
  hop: HopView;
  exchange: CapturedExchange;
}) {
  const [isBusy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    setBusy(true);
    await replay(trace.traceId, hop, exchange);
    setBusy(false);
  };
  return (
    <IconButton
      label={isBusy ? 'Sending…' : 'Send it again'}
      icon={RotateCw}
      testId="replay"
      disabled={isBusy}
      onClick={() => void send()}
    />
  );
}

/** Something in it was made unreadable. */
function hasMask({ masked, request, response }: CapturedExchange): boolean {
  if (!masked) return false;
  const texts = [request, response].flatMap((one) =>
    one ? [...one.headers.map(([, value]) => value), atob(one.body)] : [],
  );
  return [request.path, ...texts].some((text) => text.includes('***'));
}
