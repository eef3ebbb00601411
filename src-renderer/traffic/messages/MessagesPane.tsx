/** Heads and bodies of a hop of the open trace, and what can be done with them. */
import { useState } from 'react';
import type { CapturedExchange, HopView, TraceView } from '../../../src-main/api/contract/index.ts';
import { ask } from '../../engine/session.ts';
import { useAsked } from '../../services/use-asked.ts';
import type { Asked } from '../../services/use-asked.ts';
import { showMessages, usePane } from '../pane-store.ts';
import { Differences } from './Differences.tsx';
import { callersHops, chosenHop, sameHop, wayText } from './hops.ts';
import styles from './Messages.module.css';
import { MessageActions } from './MessageActions.tsx';
import { RequestView, ResponseView } from './MessageView.tsx';
import { NotCaptured } from './NotCaptured.tsx';
import type { Side } from './side.ts';

export function MessagesPane({
  trace,
  before,
}: {
  trace: TraceView;
  /** That it is compared with. */
  before: TraceView | undefined;
}) {
  const span = usePane((pane) => pane.span);
  const [side, setSide] = useState<Side>('response');
  const [isRevealed, setRevealed] = useState(false);
  const hop = chosenHop(trace, span);
  const asked = useExchange(trace.traceId, hop, isRevealed);
  const earlier = before && hop && sameHop(trace, hop, before);
  const other = useExchange(before?.traceId ?? '', earlier, isRevealed);
  if (!hop) return <p className={styles.nothing}>This trace has connections of bytes alone.</p>;
  const exchange = asked.state === 'there' ? asked.value : undefined;
  return (
    <div className={styles.pane} data-testid="messages">
      <div className={styles.bar}>
        <HopChoice trace={trace} hop={hop} />
        <SideChoice side={side} onChange={setSide} />
        <MessageActions
          trace={trace}
          hop={hop}
          exchange={exchange}
          isRevealed={isRevealed}
          onReveal={setRevealed}
        />
      </div>
      <div className={styles.scroll}>
        {exchange && other.state === 'there' && (
          <Differences before={other.value} after={exchange} side={side} />
        )}
        {before && other.state === 'failed' && (
          <p className={styles.nothing}>
            The messages of the request before were not kept: there is nothing to compare these
            with.
          </p>
        )}
        <Content trace={trace} hop={hop} asked={asked} side={side} other={other} />
      </div>
    </div>
  );
}

interface ContentProps {
  readonly trace: TraceView;
  readonly hop: HopView;
  readonly asked: Asked<CapturedExchange>;
  readonly side: Side;
  readonly other: Asked<CapturedExchange>;
}

function Content({ trace, hop, asked, side, other }: ContentProps) {
  if (!hop.captured) return <NotCaptured hop={hop} trace={trace} />;
  if (asked.state === 'loading') return <p className={styles.nothing}>Loading…</p>;
  if (asked.state === 'failed') return <p className={styles.nothing}>{asked.reason}</p>;
  const shown = asked.value;
  if (other.state === 'there') {
    const was = other.value;
    return (
      <div className={styles.pair} data-of="time">
        <section aria-label="Now">
          <h3>Now</h3>
          {side === 'request' ? (
            <RequestView request={shown.request} />
          ) : (
            <ResponseView response={shown.response} />
          )}
        </section>
        <section aria-label="Before">
          <h3>Before</h3>
          {side === 'request' ? (
            <RequestView request={was.request} />
          ) : (
            <ResponseView response={was.response} />
          )}
        </section>
      </div>
    );
  }
  return (
    <div className={styles.pair} data-of="side" data-side={side}>
      <section aria-label="Request">
        <RequestView request={shown.request} />
      </section>
      <section aria-label="Response">
        <ResponseView response={shown.response} />
      </section>
    </div>
  );
}

/** Nothing is asked where nothing is kept. */
function useExchange(
  traceId: string,
  hop: HopView | undefined,
  revealed: boolean,
): Asked<CapturedExchange> {
  const spanId = hop?.captured ? hop.spanId : '';
  return useAsked(`${traceId} ${spanId} ${revealed}`, () =>
    spanId === ''
      ? Promise.reject(new Error('its messages were not captured'))
      : ask('exchange', { traceId, spanId, revealed }),
  );
}

function HopChoice({ trace, hop }: { trace: TraceView; hop: HopView }) {
  return (
    <select
      className={styles.hop}
      aria-label="Whose messages"
      data-testid="messages-hop"
      value={hop.spanId}
      onChange={({ target }) => showMessages(target.value)}
    >
      {callersHops(trace).map((one) => (
        <option key={one.spanId} value={one.spanId}>
          {`${one.captured ? '' : '– '}${wayText(one)}${one.captured ? '' : ' (not captured)'}`}
        </option>
      ))}
    </select>
  );
}

function SideChoice({ side, onChange }: { side: Side; onChange(side: Side): void }) {
  return (
    <span className={styles.views} role="group" aria-label="Which message" data-of="side">
      {(['request', 'response'] as const).map((one) => (
        <button key={one} type="button" aria-pressed={one === side} onClick={() => onChange(one)}>
          {one === 'request' ? 'Request' : 'Response'}
        </button>
      ))}
    </span>
  );
}
