/** In the head of the list: what is captured now, and a way to capture more. */
import { Aperture, SlidersHorizontal } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useUi } from '../../app/ui-store.ts';
import { useEngine } from '../../engine/store.ts';
import { captureRules } from '../../policies/rules.ts';
import { Button } from '../../ui/Button.tsx';
import { sayScope, scopeOf, USUAL_COUNT } from './begin.ts';
import styles from './Capture.module.css';
import { CaptureRow } from './CaptureRow.tsx';
import { designCapture, startCapture } from './start.ts';

export function CaptureMenu() {
  const [open, setOpen] = useState(false);
  const content = useEngine(({ document }) => document.content);
  const running = useEngine(({ captures }) => captures.filter((one) => !one.isSpent).length);
  const selection = useUi((ui) => ui.selection);
  const rules = captureRules(content);
  const scope = scopeOf(selection);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        className={styles.trigger}
        data-testid="capture-menu"
        data-on={running > 0 || undefined}
        title="Keep heads and bodies of requests"
      >
        <Aperture size={13} aria-hidden />
        {running > 0 ? `Capturing (${running})` : 'Capture'}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.menu}
          align="end"
          side="top"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Captures"
        >
          <p className={styles.about}>
            Keeps heads and bodies of requests, so that one can look into them, send them again and
            save them. Secrets are masked before anything is kept.
          </p>
          <ul className={styles.list}>
            {rules.map((rule) => (
              <CaptureRow key={rule.name} rule={rule} onLeave={() => setOpen(false)} />
            ))}
          </ul>
          <div className={styles.buttons}>
            <Button
              icon={Aperture}
              kind="primary"
              testId="capture-start"
              onClick={() => void startCapture(scope)}
            >
              {`Next ${USUAL_COUNT} of ${sayScope(scope)}`}
            </Button>
            <Button
              icon={SlidersHorizontal}
              testId="capture-design"
              onClick={() => {
                setOpen(false);
                designCapture(scope);
              }}
            >
              Choose…
            </Button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
