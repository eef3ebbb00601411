/** Adds a fault to an edge, or changes one. */
import { useState } from 'react';
import { sendEdit } from '../engine/edits.ts';
import { useEngine } from '../engine/store.ts';
import { Button } from '../ui/Button.tsx';
import { AbortFields } from './AbortFields.tsx';
import { DelayFields } from './DelayFields.tsx';
import type { DraftFieldsProps } from './draft-fields.ts';
import { draftErrors, previewOf, timeoutWarning, toFault } from './fault-draft.ts';
import type { FaultDraft, FaultKind } from './fault-draft.ts';
import styles from './FaultForm.module.css';
import { MatchFields } from './MatchFields.tsx';

interface FaultFormProps {
  readonly from: string;
  readonly to: string;
  readonly initial: FaultDraft;
  onDone(): void;
}

export function FaultForm({ from, to, initial, onDone }: FaultFormProps) {
  const [draft, setDraft] = useState(initial);
  const faults = useEngine(({ document }) => document.mesh.faults);
  const errors = draftErrors(draft);
  const change = (part: Partial<FaultDraft>): void => setDraft({ ...draft, ...part });
  const names = faults.map(({ name }) => name);
  const save = async (): Promise<void> => {
    if (await sendEdit({ kind: 'put-fault', fault: toFault(draft, from, to, names) })) onDone();
  };
  const fields = { draft, errors, change };
  return (
    <form
      className={styles.form}
      aria-label={draft.base ? `Fault ${draft.base.name}` : 'New fault'}
      onSubmit={(event) => {
        event.preventDefault();
        if (Object.keys(errors).length === 0) void save();
      }}
    >
      {draft.kinds.includes('delay') && <DelayFields {...fields} />}
      {draft.kinds.includes('abort') && <AbortFields {...fields} />}
      <Kinds draft={draft} change={change} />
      <MatchFields {...fields} from={from} to={to} />
      <Preview draft={draft} from={from} to={to} />
      <div className={styles.buttons}>
        <Button onClick={onDone}>Cancel</Button>
        <Button submit kind="primary" testId="fault-save" disabled={Object.keys(errors).length > 0}>
          {draft.base ? 'Change' : 'Inject'}
        </Button>
      </div>
    </form>
  );
}

const OTHER: Record<FaultKind, FaultKind> = { delay: 'abort', abort: 'delay' };

/** A fault may do both: a delay acts first. */
function Kinds({ draft, change }: Pick<DraftFieldsProps, 'draft' | 'change'>) {
  const [first, second] = draft.kinds;
  if (!first) return null;
  return second ? (
    <div className={styles.kinds}>
      {draft.kinds.map((kind) => (
        <button key={kind} type="button" onClick={() => change({ kinds: [OTHER[kind]] })}>
          {`Without the ${kind}`}
        </button>
      ))}
    </div>
  ) : (
    <div className={styles.kinds}>
      <button type="button" onClick={() => change({ kinds: ['delay', 'abort'] })}>
        {`Also ${OTHER[first]} calls`}
      </button>
    </div>
  );
}

function Preview({ draft, from, to }: { draft: FaultDraft; from: string; to: string }) {
  const rate = useEngine(({ edges }) =>
    Object.values(edges)
      .filter((edge) => edge.to === to && (draft.everyCaller || edge.from === from))
      .reduce((sum, edge) => sum + edge.rate, 0),
  );
  const timeout = useEngine(({ document }) => document.mesh.traffic[to]?.timeout);
  const warning = timeoutWarning(draft, to, timeout);
  return (
    <>
      <div className={`${styles.preview} num`}>
        {previewOf(draft, from, to, rate).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      {warning !== undefined && <p className={styles.warning}>{warning}</p>}
    </>
  );
}
