/** Why a huge mesh is not drawn as a whole, and what can be done about it. */
import { Info, X } from 'lucide-react';
import { useUi } from '../../app/ui-store.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { changeSettings, useFocus, useLook, useSettings } from '../settings-store.ts';
import styles from './FirstLookNotice.module.css';
import type { Grouping } from './use-layout.ts';

export function FirstLookNotice({ grouping }: { grouping: Grouping }) {
  const why = useLook((look) => look.why);
  const knowsWhy = useSettings((settings) => settings.knowsWhy);
  const focused = useFocus();
  const search = useUi((ui) => ui.search);
  const isFirst = useLook((look) => look.groupBy) === grouping.groupBy;
  const isAsked = useUi(({ selection }) => selection.kind === 'service');
  const isReduced = focused ? search === '' && !isAsked : grouping.collapsed.size > 0;
  if (why === undefined || !isFirst || !isReduced) return null;
  // What is drawn speaks for itself; where nothing is, somebody has to say so.
  if (knowsWhy && !focused) return null;
  const drawAll = (): void => changeSettings(focused ? { focus: false } : { collapsed: [] });
  return (
    <div className={styles.notice} role="status" data-testid="first-look">
      <Info size={15} aria-hidden />
      <p>{why}</p>
      <Button testId="draw-all" onClick={drawAll}>
        {focused ? 'Draw all' : 'Open all groups'}
      </Button>
      {!focused && (
        <IconButton
          label="Understood"
          icon={X}
          testId="first-look-close"
          onClick={() => changeSettings({ knowsWhy: true })}
        />
      )}
    </div>
  );
}
