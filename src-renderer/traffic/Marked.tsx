/** What can be done with the requests that are marked, or with all that the list shows. */
import { Columns2, Download, X } from 'lucide-react';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Drawer.module.css';
import { clearMarks, pairOf, useMarks } from './marks-store.ts';
import { openBeside } from './pane-store.ts';
import { saveFiltered, saveRequests } from './save-har.ts';

/** @param filter that the list is narrowed by */
export function Marked({ filter }: { filter: string }) {
  const marks = useMarks();
  if (marks.size === 0) {
    return (
      <IconButton
        label="Save the list as HAR"
        icon={Download}
        testId="save-list"
        onClick={() => void saveFiltered(filter)}
      />
    );
  }
  const pair = pairOf(marks);
  return (
    <span className={styles.marked} data-testid="marked">
      <span className="num">{`${marks.size} marked`}</span>
      <IconButton
        label={pair ? 'Compare the two' : 'Mark two requests to compare them'}
        icon={Columns2}
        testId="compare-marked"
        disabled={!pair}
        onClick={() => pair && openBeside(pair[1].traceId, pair[0].traceId)}
      />
      <IconButton
        label="Save the marked ones as HAR"
        icon={Download}
        testId="save-marked"
        onClick={() => void saveRequests([...marks.values()])}
      />
      <IconButton label="Unmark all" icon={X} testId="unmark" onClick={clearMarks} />
    </span>
  );
}
