/** A request is changed and sent again. */
import { Send } from 'lucide-react';
import { useState } from 'react';
import type { HopView } from '../../../src-main/api/contract/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { formatBytes } from '../../ui/format.ts';
import { bytesOf } from './body.ts';
import { outgoingOf, problemsOf } from './draft.ts';
import type { Draft } from './draft.ts';
import styles from './EditRequest.module.css';
import { send } from './sending.ts';

interface EditRequestProps {
  readonly traceId: string;
  readonly hop: HopView;
  readonly start: Draft;
  /** Secrets in it stand there as `***`. */
  readonly isMasked: boolean;
  /** Whether secrets may be kept of what is sent. */
  readonly keepsSecrets: boolean;
  onClose(): void;
}

export function EditRequest(props: EditRequestProps) {
  const { traceId, hop, start, isMasked, keepsSecrets, onClose } = props;
  const [draft, setDraft] = useState(start);
  const [failure, setFailure] = useState('');
  const [isBusy, setBusy] = useState(false);
  const problems = problemsOf(draft);
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const submit = async (): Promise<void> => {
    setBusy(true);
    try {
      await send(traceId, outgoingOf(draft, hop, !keepsSecrets));
      onClose();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <Dialog open title="Edit and send again" description={wayOf(hop)} width={680} onClose={onClose}>
      <form
        className={styles.form}
        data-testid="edit-request"
        onSubmit={(event) => {
          event.preventDefault();
          if (Object.keys(problems).length === 0) void submit();
        }}
      >
        <div className={styles.line}>
          <Field label="Method" error={problems.method}>
            <input
              value={draft.method}
              spellCheck={false}
              onChange={({ target }) => change({ method: target.value.trim() })}
            />
          </Field>
          <Field label="Path" error={problems.path}>
            <input
              value={draft.path}
              spellCheck={false}
              onChange={({ target }) => change({ path: target.value })}
            />
          </Field>
        </div>
        <Field
          label="Headers"
          hint="One a line. Length and trace are written anew."
          error={problems.headers}
        >
          <textarea
            rows={7}
            value={draft.headers}
            spellCheck={false}
            onChange={({ target }) => change({ headers: target.value })}
          />
        </Field>
        <Body draft={draft} onChange={change} />
        {isMasked && (
          <p className={styles.note} role="note">
            Secrets of this request were not kept: they stand here as ***, and are sent so. Put the
            real ones in their places.
          </p>
        )}
        {failure !== '' && (
          <p className={styles.failure} role="alert">
            {failure}
          </p>
        )}
        <footer className={styles.foot}>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            submit
            kind="primary"
            icon={Send}
            testId="send-request"
            disabled={isBusy || Object.keys(problems).length > 0}
          >
            {isBusy ? 'Sending…' : 'Send'}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

function Body({ draft, onChange }: { draft: Draft; onChange(part: Partial<Draft>): void }) {
  if (draft.bytes !== undefined) {
    const size = formatBytes(bytesOf(draft.bytes).length);
    return (
      <p className={styles.note}>
        {`The body is no text (${size}): it is sent as it is. `}
        <button type="button" onClick={() => onChange({ bytes: undefined })}>
          Write another one
        </button>
      </p>
    );
  }
  return (
    <Field label="Body">
      <textarea
        rows={8}
        value={draft.body}
        spellCheck={false}
        onChange={({ target }) => onChange({ body: target.value })}
      />
    </Field>
  );
}

function wayOf({ direction, source, destination }: HopView): string {
  return direction === 'gateway'
    ? 'To the gateway, as a client outside sends it.'
    : `From ${source} to ${destination}, through the sidecar of ${source}.`;
}
