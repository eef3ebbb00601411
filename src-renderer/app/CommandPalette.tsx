/** Type what you want to do, or where you want to go. */
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useEngine } from '../engine/store.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { COMMANDS } from './commands/catalogue.ts';
import { GROUPS } from './commands/command.ts';
import type { Command } from './commands/command.ts';
import { findCommands } from './commands/find.ts';
import { meshCommands, recentCommands } from './commands/mesh-commands.ts';
import styles from './CommandPalette.module.css';
import { complain } from './open-file.ts';
import { Shortcut } from './Shortcut.tsx';
import { openDialog, useUi } from './ui-store.ts';

/** More is not read, but found by another word. */
const MOST_SHOWN = 60;

export function CommandPalette() {
  const open = useUi(({ dialog }) => dialog === 'palette');
  return (
    <Dialog
      open={open}
      title="Commands"
      description="Type to find a command, a service, a connection or a fault; Enter does the chosen one."
      width={560}
      onClose={() => openDialog('none')}
    >
      {open && <Palette />}
    </Dialog>
  );
}

function useEntries(): Command[] {
  const document = useEngine((state) => state.document);
  const instances = useEngine((state) => state.instances);
  const [recent, setRecent] = useState<Command[]>([]);
  useEffect(() => {
    recentCommands().then(setRecent, complain);
  }, []);
  return useMemo(
    () => [
      ...COMMANDS.filter(({ id, when }) => id !== 'palette' && (when?.() ?? true)),
      ...meshCommands({ document, instances }),
      ...recent,
    ],
    [document, instances, recent],
  );
}

function Palette() {
  const entries = useEntries();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const found = findCommands(entries, text).slice(0, MOST_SHOWN);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, text]);
  const run = (command: Command | undefined): void => {
    if (!command) return;
    openDialog('none');
    command.perform();
  };
  const onKey = (key: string): boolean => {
    if (key === 'Enter') run(found[chosen]);
    else if (key === 'ArrowDown') setChosen(Math.min(found.length - 1, chosen + 1));
    else if (key === 'ArrowUp') setChosen(Math.max(0, chosen - 1));
    else return false;
    return true;
  };
  return (
    <>
      <input
        className={styles.input}
        placeholder="What do you want to do?"
        role="combobox"
        aria-label="Find a command"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={found[chosen] ? `${id}-${chosen}` : undefined}
        autoFocus
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setChosen(0);
        }}
        onKeyDown={(event) => {
          if (onKey(event.key)) event.preventDefault();
        }}
      />
      {found.length === 0 && <p className={styles.none}>nothing is called that</p>}
      <ul ref={list} id={id} className={styles.list} role="listbox" aria-label="Commands">
        {found.map((command, i) => (
          <li
            key={command.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === chosen}
            onClick={() => run(command)}
            onMouseMove={() => setChosen(i)}
          >
            <command.icon size={15} aria-hidden />
            <span>{command.label}</span>
            <span className={styles.group}>{GROUPS[command.group]}</span>
            {command.shortcut !== undefined && <Shortcut keys={command.shortcut} />}
          </li>
        ))}
      </ul>
    </>
  );
}
