/** What was tested, as another system's configuration, and what is different there. */
import { Copy, Download } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useEffect, useState } from 'react';
import { exportTarget } from '../../src-main/api/contract/index.ts';
import type { ExportNote, ExportResult, ExportTarget } from '../../src-main/api/contract/index.ts';
import { shell } from '../app/shell.ts';
import { showToast } from '../app/toasts.ts';
import { openDialog, useUi } from '../app/ui-store.ts';
import { ask } from '../engine/session.ts';
import { useEngine } from '../engine/store.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './ExportDialog.module.css';

const NAMES: Record<ExportTarget, string> = { istio: 'Istio', 'gateway-api': 'Gateway API' };

export function ExportDialog() {
  const open = useUi(({ dialog }) => dialog === 'export');
  return (
    <Dialog
      open={open}
      title="Export what was tested"
      description="Made from the document that runs right now."
      width={900}
      onClose={() => openDialog('none')}
    >
      {open && <Targets />}
    </Dialog>
  );
}

function Targets() {
  return (
    <Tabs.Root defaultValue="istio" className={styles.tabs}>
      <Tabs.List className={styles.list} aria-label="Target">
        {exportTarget.options.map((target) => (
          <Tabs.Trigger key={target} value={target} className={styles.tab}>
            {NAMES[target]}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {exportTarget.options.map((target) => (
        <Tabs.Content key={target} value={target} className={styles.body}>
          <Target target={target} />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}

function useExport(target: ExportTarget): ExportResult | undefined {
  const version = useEngine(({ document }) => document.version);
  const [result, setResult] = useState<ExportResult>();
  useEffect(() => {
    ask('export', { target }).then(setResult, complain);
  }, [target, version]);
  return result;
}

function Target({ target }: { target: ExportTarget }) {
  const result = useExport(target);
  if (!result) return <p>Exporting…</p>;
  const text = result.files.map((file) => file.text.trimEnd()).join('\n---\n');
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    showToast('info', `The configuration for ${NAMES[target]} is copied.`);
  };
  return (
    <>
      <div className={styles.columns}>
        <pre className={styles.text} data-testid="export-text" tabIndex={0}>
          {text}
        </pre>
        <ul className={styles.notes} aria-label="What is different there" tabIndex={0}>
          {result.notes.map((note) => (
            <Note key={`${note.subject} ${note.why}`} note={note} />
          ))}
        </ul>
      </div>
      <footer className={styles.foot}>
        <Button icon={Copy} onClick={() => void copy()}>
          Copy
        </Button>
        <Button icon={Download} kind="primary" onClick={() => void save(result).catch(complain)}>
          Download
        </Button>
      </footer>
    </>
  );
}

function Note({ note: { support, subject, why } }: { note: ExportNote }) {
  return (
    <li data-support={support}>
      <p>
        <span className={styles.support}>{support}</span> <code className="mono">{subject}</code>
      </p>
      {why !== '' && <p className={styles.why}>{why}</p>}
    </li>
  );
}

function complain(error: Error): void {
  showToast('error', error.message);
}

/** By the system's own dialog in the shell, until one is cancelled; else as the browser's downloads. */
async function save({ files }: ExportResult): Promise<void> {
  for (const { name, text } of files) {
    if (!shell) download(name, text);
    else if (!(await shell.saveFile(name, text))) return;
  }
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
