/** All shortcuts, from the same list as the palette. */
import { Dialog } from '../ui/Dialog.tsx';
import { COMMANDS } from './commands/catalogue.ts';
import styles from './HelpSheet.module.css';
import { Shortcut } from './Shortcut.tsx';
import { openDialog, useUi } from './ui-store.ts';

export function HelpSheet() {
  const open = useUi(({ dialog }) => dialog === 'help');
  return (
    <Dialog
      open={open}
      title="Keyboard shortcuts"
      description="Everything can be reached by keyboard: Tab moves, Enter opens, Escape goes back."
      width={460}
      onClose={() => openDialog('none')}
    >
      <ul className={styles.list}>
        {COMMANDS.map(({ id, label, shortcut }) => (
          <li key={id}>
            <span>{label}</span>
            {shortcut !== undefined && <Shortcut keys={shortcut} />}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
