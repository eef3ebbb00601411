/** The screens of the app. */
import { FileCode2, History, Network, Server } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useStore } from 'zustand';
import { documentStore } from '../document/document-store.ts';
import { useEngine } from '../engine/store.ts';
import { useUnread } from '../overview/notices/unread.ts';
import { formatRoute, HOME } from './routes.ts';
import type { Screen, Selected } from './routes.ts';
import styles from './Rail.module.css';
import { linkable, openTimeline, showScreen, useUi } from './ui-store.ts';

interface Mark {
  readonly count: number;
  readonly kind: 'error' | 'warning';
  readonly meaning: string;
}

export function Rail() {
  const document = useDocumentMark();
  const unread = useUnread();
  const services = useEngine((state) => state.document.mesh.services);
  const selection = useUi((ui) => linkable(ui.selection));
  const chosen = selection.kind === 'service' ? selection.name : services[0]?.name;
  return (
    <nav className={styles.rail} aria-label="Screens">
      <Item screen="mesh" label="Mesh" icon={Network} />
      <Item screen="document" label="Document" icon={FileCode2} mark={document} />
      {chosen !== undefined && (
        <Item
          screen="service"
          label="Services"
          icon={Server}
          selection={{ kind: 'service', name: chosen }}
        />
      )}
      <Item screen="timeline" label="Timeline" icon={History} mark={unread} />
    </nav>
  );
}

interface ItemProps {
  readonly screen: Screen;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly mark?: Mark | undefined;
  readonly selection?: Selected;
}

/** A link, so that it can be copied and opened beside; what is selected goes along. */
function Item({ screen, label, icon: Icon, mark, selection }: ItemProps) {
  const shown = useUi((ui) => ui.screen);
  const selected = useUi((ui) => linkable(ui.selection));
  const href = formatRoute({ ...HOME, screen, selection: selection ?? selected });
  return (
    <a
      href={href === '' ? '#/mesh' : href}
      aria-current={shown === screen ? 'page' : undefined}
      data-testid={`screen-${screen}`}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        if (screen === 'timeline') openTimeline();
        else showScreen(screen, selection);
      }}
    >
      <Icon size={18} aria-hidden />
      {label}
      {mark && (
        <span className={`${styles.count} num`} data-kind={mark.kind}>
          {mark.count > 99 ? '99+' : mark.count}
          <span className="sr-only"> {mark.meaning}</span>
        </span>
      )}
    </a>
  );
}

/** What is wrong with the document that runs, or with the text that is being written. */
function useDocumentMark(): Mark | undefined {
  const running = useEngine((state) => state.document.problems);
  const dirty = useStore(documentStore, (state) => state.dirty);
  const written = useStore(documentStore, (state) => state.problems);
  const problems = dirty ? written : running;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) return { count: errors, kind: 'error', meaning: 'errors' };
  if (problems.length > 0) return { count: problems.length, kind: 'warning', meaning: 'warnings' };
  return undefined;
}
