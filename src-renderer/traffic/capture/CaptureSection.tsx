/** In the panel of an edge or a service: whose heads and bodies are kept. */
import { Aperture, SlidersHorizontal } from 'lucide-react';
import { useEngine } from '../../engine/store.ts';
import { capturesOf } from '../../policies/rules.ts';
import { Button } from '../../ui/Button.tsx';
import { Section } from '../../ui/Panel.tsx';
import { USUAL_COUNT } from './begin.ts';
import type { CaptureScope } from './begin.ts';
import styles from './Capture.module.css';
import { CaptureRow } from './CaptureRow.tsx';
import { designCapture, startCapture } from './start.ts';

export function CaptureSection({ from, to }: { from?: string; to: string }) {
  const content = useEngine(({ document }) => document.content);
  const rules = capturesOf(content, to, from);
  const scope: CaptureScope = { to, ...(from !== undefined && { from }) };
  return (
    <Section title="Heads and bodies">
      {rules.length === 0 && (
        <p className={styles.none}>
          Not kept. Capture some requests to look into them, or to send them again.
        </p>
      )}
      <ul className={styles.list}>
        {rules.map((rule) => (
          <CaptureRow key={rule.name} rule={rule} />
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button icon={Aperture} testId="capture-here" onClick={() => void startCapture(scope)}>
          {`Capture ${USUAL_COUNT}`}
        </Button>
        <Button
          icon={SlidersHorizontal}
          testId="capture-design-here"
          onClick={() => designCapture(scope)}
        >
          Choose…
        </Button>
      </div>
    </Section>
  );
}
