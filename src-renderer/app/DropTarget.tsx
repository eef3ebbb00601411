/** A file that is dragged over the window can be dropped anywhere in it. */
import { FileDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import styles from './DropTarget.module.css';
import { complain, openFile } from './open-file.ts';

export function DropTarget() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const onDrag = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      // Leaving the window itself, not one of its parts.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      event.stopPropagation();
      openFile(file).catch(complain);
    };
    // Before the editor, which would put the file's text where it is dropped.
    window.addEventListener('dragover', onDrag, true);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop, true);
    return () => {
      window.removeEventListener('dragover', onDrag, true);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop, true);
    };
  }, []);
  if (!over) return null;
  return (
    <div className={styles.drop} data-testid="drop-target">
      <p>
        <FileDown size={32} aria-hidden />
        Drop the mesh document to open it
      </p>
    </div>
  );
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}
