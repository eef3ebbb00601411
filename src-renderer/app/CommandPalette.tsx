/** Type what you want to do, or where you want to go. */
import { Boxes } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useEngine } from '../engine/store.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { COMMANDS } from './commands/catalogue.ts';
import type { Command } from './commands/command.ts';
import styles from './CommandPalette.module.css';
import { Shortcut } from './Shortcut.tsx';
import { openDialog, select, useUi } from './ui-store.ts';

export function CommandPalette() {
  const open = useUi(({ dialog }) => dialog === 'palette');
  return (
    <Dialog
      open={open}
      title="Commands"
      description="Type to find a command or a service; Enter does the first one."
      width={520}
      onClose={() => openDialog('none')}
    >
      {open && <Palette />}
    </Dialog>
  );
}

function useEntries(): Command[] {
  const services = useEngine(({ document }) => document.mesh.services);
  return useMemo(
    () => [
      ...COMMANDS.filter(({ id, when }) => id !== 'palette' && (when?.() ?? true)),
      ...services.map(({ name }): Command => ({
        id: `service ${name}`,
        label: `Go to ${name}`,
        icon: Boxes,
        perform: () => select({ kind: 'service', name }),
      })),
    ],
    [services],
  );
}

function Palette() {
  const entries = useEntries();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const words = text.toLowerCase().split(/\s+/);
  const found = entries.filter(({ label }) =>
    words.every((word) => label.toLowerCase().includes(word)),
  );
  const run = (command: Command | undefined): void => {
    if (!command) return;
    openDialog('none');
    command.perform();
  };
  const onKey = (key: string): void => {
    if (key === 'Enter') run(found[chosen]);
    if (key === 'ArrowDown') setChosen(Math.min(found.length - 1, chosen + 1));
    if (key === 'ArrowUp') setChosen(Math.max(0, chosen - 1));
  };
  return (
    <>
      <input
        className={styles.input}
        placeholder="What do you want to do?"
        aria-label="Find a command"
        autoFocus
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setChosen(0);
        }}
        onKeyDown={({ key }) => onKey(key)}
      />
      <ul className={styles.list} role="listbox" aria-label="Commands">
        {found.map((command, i) => (
          <li key={command.id} role="option" aria-selected={i === chosen}>
            <button
              type="button"
              tabIndex={-1}
              onClick={() => run(command)}
              onMouseEnter={() => setChosen(i)}
            >
              <command.icon size={15} aria-hidden />
              <span>{command.label}</span>
              {command.shortcut !== undefined && <Shortcut keys={command.shortcut} />}
            </button>
          </li>
        ))}
        {found.length === 0 && <li className={styles.none}>nothing is called that</li>}
      </ul>
    </>
  );
}
