/** All shortcuts: of the commands, from the same list as the palette, and of the parts of the window. */
import { Dialog } from '../ui/Dialog.tsx';
import { COMMANDS } from './commands/catalogue.ts';
import { GROUPS } from './commands/command.ts';
import type { CommandGroup } from './commands/command.ts';
import styles from './HelpSheet.module.css';
import { Shortcut } from './Shortcut.tsx';
import { openDialog, useUi } from './ui-store.ts';

/** What has keys of its own. */
const PARTS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'In the editor': [
    ['Complete', 'mod+space'],
    ['Find', 'mod+f'],
    ['Next problem', 'f8'],
    ['Undo what was typed', 'mod+z'],
  ],
  'In the list of requests': [
    ['Open, or close', 'enter'],
    ['Mark, to compare or save', 'x'],
    ['First and last', 'home end'],
  ],
  Everywhere: [
    ['To the next part', 'tab'],
    ['Open what has the focus', 'enter'],
    ['Back, close', 'escape'],
    ['Move an edge of a panel that has the focus', '←→'],
  ],
};

export function HelpSheet() {
  const open = useUi(({ dialog }) => dialog === 'help');
  return (
    <Dialog
      open={open}
      title="Keyboard shortcuts"
      description="Everything can be reached by keyboard: Tab moves, Enter opens, Escape goes back."
      width={720}
      onClose={() => openDialog('none')}
    >
      <div className={styles.sheet} tabIndex={0} role="region" aria-label="Shortcuts">
        {(Object.keys(GROUPS) as CommandGroup[]).map((group) => (
          <Group
            key={group}
            title={GROUPS[group]}
            keys={COMMANDS.flatMap(({ label, shortcut, ...command }) =>
              command.group === group && shortcut !== undefined ? [[label, shortcut]] : [],
            )}
          />
        ))}
        {Object.entries(PARTS).map(([title, keys]) => (
          <Group key={title} title={title} keys={keys} />
        ))}
      </div>
    </Dialog>
  );
}

function Group({ title, keys }: { title: string; keys: readonly (readonly string[])[] }) {
  return (
    <section className={styles.group}>
      <h3>{title}</h3>
      <ul>
        {keys.map(([label = '', shortcut = '']) => (
          <li key={label}>
            <span>{label}</span>
            <Shortcut keys={shortcut} />
          </li>
        ))}
      </ul>
    </section>
  );
}
