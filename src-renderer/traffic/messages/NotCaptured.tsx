/** Where there are no messages: why, and what to do. */
import { Aperture } from 'lucide-react';
import type { HopView, TraceView } from '../../../src-main/api/contract/index.ts';
import { useEngine } from '../../engine/store.ts';
import { capturesOf } from '../../policies/rules.ts';
import { Button } from '../../ui/Button.tsx';
import { USUAL_COUNT } from '../capture/begin.ts';
import { startCapture } from '../capture/start.ts';
import styles from './Messages.module.css';

export function NotCaptured({ hop, trace }: { hop: HopView; trace: TraceView }) {
  const { source, destination } = hop;
  const content = useEngine(({ document }) => document.content);
  const running = useEngine(({ captures }) => captures);
  const active = capturesOf(content, destination, source).filter(({ name }) =>
    running.some((one) => one.name === name && !one.isSpent),
  );
  return (
    <div className={styles.teach}>
      <p>
        <b>The heads and bodies of this hop were not kept.</b> They are kept only where a capture of
        the document says so, since they may hold secrets and take room.
      </p>
      {active.length > 0 ? (
        <p role="status">{`${active.map(({ name }) => name).join(', ')} captures what comes from now on.`}</p>
      ) : (
        <Button
          icon={Aperture}
          kind="primary"
          testId="capture-next"
          onClick={() => void startCapture(scopeOf(hop))}
        >
          {`Capture the next ${USUAL_COUNT} of ${source} → ${destination}`}
        </Button>
      )}
      <p className={styles.faint}>
        {trace.hops.some(({ captured }) => captured)
          ? 'Other hops of this request were captured: choose one above.'
          : 'Or send it again by hand (the pencil above): what you send is always kept.'}
      </p>
    </div>
  );
}

function scopeOf({ source, destination }: HopView): { from: string; to?: string } {
  return { from: source, ...(destination !== '' && { to: destination }) };
}
