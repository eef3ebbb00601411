/** What is selected; nothing selected is the mesh itself. */
import { EdgePanel } from '../topology/view/EdgePanel.tsx';
import { OverviewPanel } from '../overview/OverviewPanel.tsx';
import { ServicePanel } from '../services/ServicePanel.tsx';
import styles from './SidePanel.module.css';
import { useUi } from './ui-store.ts';

export function SidePanel() {
  const selection = useUi((ui) => ui.selection);
  return (
    <aside className={styles.panel} data-testid="panel" aria-label="Details">
      {(selection.kind === 'none' || selection.kind === 'trace') && <OverviewPanel />}
      {selection.kind === 'service' && <ServicePanel key={selection.name} name={selection.name} />}
      {selection.kind === 'edge' && (
        <EdgePanel
          key={`${selection.from}->${selection.to}`}
          from={selection.from}
          to={selection.to}
        />
      )}
    </aside>
  );
}
