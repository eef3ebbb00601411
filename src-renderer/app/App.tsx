/** The frame: bar above, graph in the middle, panel at the side, requests below. */
import { useConnection, useHasState } from '../engine/store.ts';
import { ExportDialog } from '../export/ExportDialog.tsx';
import { Topology } from '../topology/view/Topology.tsx';
import { Drawer } from '../traffic/Drawer.tsx';
import { ActiveBar } from './ActiveBar.tsx';
import styles from './App.module.css';
import { CommandPalette } from './CommandPalette.tsx';
import { HelpSheet } from './HelpSheet.tsx';
import { useKeyboard } from './keyboard.ts';
import { ProblemBanner } from './ProblemBanner.tsx';
import { SidePanel } from './SidePanel.tsx';
import { Toasts } from './Toasts.tsx';
import { TopBar } from './TopBar.tsx';

export function App() {
  const hasState = useHasState();
  const connection = useConnection();
  useKeyboard();
  if (!hasState) return <Waiting lost={connection === 'lost'} />;
  return (
    <div className={styles.app}>
      <TopBar />
      <ActiveBar />
      {connection === 'lost' && (
        <p className={styles.lost} role="alert">
          The engine is not reachable: what you see is not live. Trying again…
        </p>
      )}
      <ProblemBanner />
      <main className={styles.main}>
        <div className={styles.left}>
          <Topology />
          <Drawer />
        </div>
        <SidePanel />
      </main>
      <ExportDialog />
      <HelpSheet />
      <CommandPalette />
      <Toasts />
    </div>
  );
}

function Waiting({ lost }: { lost: boolean }) {
  const text = lost
    ? 'The engine does not answer. Is it running, and is this its address? Open the address that it printed.'
    : 'Connecting to the engine…';
  return (
    <div className={styles.waiting} role="status">
      <p>{text}</p>
      <Toasts />
    </div>
  );
}
