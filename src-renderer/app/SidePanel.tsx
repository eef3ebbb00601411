/** What is selected; nothing selected is the mesh itself. */
import { EdgePanel } from '../topology/view/EdgePanel.tsx';
import { OverviewPanel } from '../overview/OverviewPanel.tsx';
import { useEditing } from '../policies/editing.ts';
import { PolicyForm } from '../policies/PolicyForm.tsx';
import { ServicePanel } from '../services/ServicePanel.tsx';
import { BudgetPanel } from '../traffic/BudgetPanel.tsx';
import styles from './SidePanel.module.css';
import { useUi } from './ui-store.ts';

export function SidePanel() {
  const editing = useEditing();
  return (
    <aside className={styles.panel} data-testid="panel" aria-label="Details">
      {editing ? (
        <PolicyForm key={JSON.stringify(editing.place)} editing={editing} />
      ) : (
        <Selected />
      )}
    </aside>
  );
}

function Selected() {
  const selection = useUi((ui) => ui.selection);
  return (
    <>
      {selection.kind === 'none' && <OverviewPanel />}
      {selection.kind === 'trace' && (
        <BudgetPanel key={selection.traceId} traceId={selection.traceId} />
      )}
      {selection.kind === 'service' && <ServicePanel key={selection.name} name={selection.name} />}
      {selection.kind === 'edge' && (
        <EdgePanel
          key={`${selection.from}->${selection.to}`}
          from={selection.from}
          to={selection.to}
        />
      )}
    </>
  );
}
