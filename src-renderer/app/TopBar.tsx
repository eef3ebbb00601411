/** Which mesh, how it is, and what can always be done. */
import {
  Command as CommandIcon,
  FileOutput,
  Moon,
  Redo2,
  Search,
  Sun,
  SunMoon,
  Undo2,
} from 'lucide-react';
import { useStore } from 'zustand';
import { redo, undo } from '../engine/edits.ts';
import { useEngine } from '../engine/store.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { SEARCH_FIELD } from './commands/search.ts';
import { nextTheme, themeStore } from './theme.ts';
import styles from './TopBar.module.css';
import { openDialog, uiStore, useUi } from './ui-store.ts';

export function TopBar() {
  const canUndo = useEngine(({ document }) => document.canUndo);
  const canRedo = useEngine(({ document }) => document.canRedo);
  const theme = useStore(themeStore, (state) => state.theme);
  const ThemeIcon = { system: SunMoon, light: Sun, dark: Moon }[theme];
  return (
    <header className={styles.bar}>
      <Title />
      <SearchField />
      <nav className={styles.actions} aria-label="Actions">
        <IconButton label="Undo" icon={Undo2} disabled={!canUndo} onClick={() => void undo()} />
        <IconButton label="Redo" icon={Redo2} disabled={!canRedo} onClick={() => void redo()} />
        <IconButton
          label={`Theme: ${theme}`}
          icon={ThemeIcon}
          testId="theme-switch"
          onClick={nextTheme}
        />
        <IconButton label="All commands" icon={CommandIcon} onClick={() => openDialog('palette')} />
        <Button
          icon={FileOutput}
          kind="primary"
          testId="export-button"
          onClick={() => openDialog('export')}
        >
          Export
        </Button>
      </nav>
    </header>
  );
}

function Title() {
  const name = useEngine(({ document }) => document.mesh.name);
  const path = useEngine(({ document }) => document.path);
  const status = useEngine(({ engine }) => engine.status);
  const ready = useEngine(
    ({ instances }) => Object.values(instances).filter((one) => one.status === 'ready').length,
  );
  const total = useEngine(({ instances }) => Object.keys(instances).length);
  const well = status === 'ready' && ready === total;
  return (
    <div className={styles.title}>
      <svg className={styles.logo} viewBox="0 0 32 32" aria-hidden>
        <path d="M3 16h7l3-9 5 18 3-9h8" />
      </svg>
      <h1 className={styles.name}>{name}</h1>
      <span className={styles.file} title={path}>
        {path.split(/[\\/]/).slice(-2).join('/')}
      </span>
      <span className={styles.status} data-well={well || undefined}>
        <span className="num">{`${ready}/${total}`}</span> ready
      </span>
    </div>
  );
}

function SearchField() {
  const search = useUi((ui) => ui.search);
  return (
    <label className={styles.search}>
      <Search size={14} aria-hidden />
      <span className="sr-only">Search services</span>
      <input
        id={SEARCH_FIELD}
        type="search"
        placeholder="Search services  /"
        value={search}
        onChange={({ target }) => uiStore.setState({ search: target.value })}
        onKeyDown={({ key, currentTarget }) => {
          if (key !== 'Escape') return;
          uiStore.setState({ search: '' });
          currentTarget.blur();
        }}
      />
    </label>
  );
}
