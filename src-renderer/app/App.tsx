/** The frame: bars above, screens at the left, and the screen that is shown. */
import { lazy, Suspense, useEffect } from 'react';
import { useConnection, useHasState } from '../engine/store.ts';
import type { EngineView } from '../engine/store.ts';
import { ExportDialog } from '../export/ExportDialog.tsx';
import { watchNotices } from '../overview/notices/watch-notices.ts';
import { Timeline } from '../overview/Timeline.tsx';
import { ServicePage } from '../services/ServicePage.tsx';
import { Topology } from '../topology/view/Topology.tsx';
import { Drawer } from '../traffic/Drawer.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Resizer, useSize } from '../ui/Resizer.tsx';
import { ActiveBar } from './ActiveBar.tsx';
import styles from './App.module.css';
import { CommandPalette } from './CommandPalette.tsx';
import { DropTarget } from './DropTarget.tsx';
import { HelpSheet } from './HelpSheet.tsx';
import { useKeyboard } from './keyboard.ts';
import { ProblemBanner } from './ProblemBanner.tsx';
import { Rail } from './Rail.tsx';
import { SidePanel } from './SidePanel.tsx';
import { Toasts } from './Toasts.tsx';
import { TopBar } from './TopBar.tsx';
import { Tour } from './tour/Tour.tsx';
import { useMenu } from './use-menu.ts';
import { useUi } from './ui-store.ts';

/** The editor is large, and not what is seen first. */
const DocumentPane = lazy(async () => {
  const { DocumentPane } = await import('../document/DocumentPane.tsx');
  return { default: DocumentPane };
});

const SIDE = { usual: 320, least: 280, most: 560 };
const DOCUMENT = { usual: 560, least: 380, most: 960 };

export function App() {
  const hasState = useHasState();
  const connection = useConnection();
  useKeyboard();
  useMenu();
  useEffect(watchNotices, []);
  if (!hasState) return <Waiting connection={connection} />;
  return (
    <div className={styles.app}>
      <TopBar />
      <ActiveBar />
      {(connection === 'lost' || connection === 'locked') && (
        <p className={styles.lost} role="alert">
          The engine is not reachable: what you see is not live. Trying again…
        </p>
      )}
      <ProblemBanner />
      <div className={styles.body}>
        <Rail />
        <Screen />
      </div>
      <ExportDialog />
      <HelpSheet />
      <CommandPalette />
      <Tour />
      <DropTarget />
      <Toasts />
    </div>
  );
}

function Screen() {
  const screen = useUi((ui) => ui.screen);
  if (screen === 'service') return <ServicePage />;
  return screen === 'timeline' ? (
    <Timeline />
  ) : (
    <GraphScreen withDocument={screen === 'document'} />
  );
}

/** The graph, with what is selected or with the document beside it: the graph stays as it is. */
function GraphScreen({ withDocument }: { withDocument: boolean }) {
  const [name, label, limits] = withDocument
    ? (['document', 'Width of the document', DOCUMENT] as const)
    : (['side', 'Width of the details', SIDE] as const);
  const width = useSize(name, limits);
  return (
    <main className={styles.main}>
      <div className={styles.left}>
        <Topology />
        {!withDocument && <Drawer />}
      </div>
      <Resizer name={name} label={label} axis="x" limits={limits} />
      <div className={styles.side} style={{ width: `min(${width}px, 65vw)` }}>
        {withDocument ? (
          <Suspense fallback={<Loading what="the editor" />}>
            <DocumentPane />
          </Suspense>
        ) : (
          <SidePanel />
        )}
      </div>
    </main>
  );
}

/** Until the engine has told its state. */
const WAITING: Readonly<Record<EngineView['connection'], string>> = {
  connecting: 'Connecting to the engine…',
  open: 'Connecting to the engine…',
  lost: 'The engine does not answer. Is it running, and is this its address? Open the address that it printed.',
  locked:
    'This address alone opens nothing: the engine lets in who has its token, and a tab keeps that only while it is open. Open the address that Faultline printed; links work beside a tab that is open.',
};

function Waiting({ connection }: { connection: EngineView['connection'] }) {
  return (
    <main className={styles.waiting}>
      <p role="status">{WAITING[connection]}</p>
      <Toasts />
    </main>
  );
}
