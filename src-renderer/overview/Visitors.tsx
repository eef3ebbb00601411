/** The built-in source of traffic. */
import { useEffect, useState } from 'react';
import { sendEdit } from '../engine/edits.ts';
import { useEngine } from '../engine/store.ts';
import { Section } from '../ui/Panel.tsx';
import { Slider } from '../ui/Slider.tsx';
import { Switch } from '../ui/Switch.tsx';
import styles from './Visitors.module.css';

const FASTEST = 100;

export function Visitors() {
  const visitors = useEngine(({ document }) => document.mesh.visitors);
  const rate = visitors?.rate ?? 0;
  const [wanted, setWanted] = useState(rate);
  useEffect(() => setWanted(rate), [rate]);
  if (!visitors) return null;
  const enabled = visitors.enabled;
  return (
    <Section
      title="Visitors"
      action={
        <Switch
          label="Visitors come"
          testId="visitors-switch"
          checked={enabled}
          onChange={(next) => void sendEdit({ kind: 'set-visitors', enabled: next })}
        />
      }
    >
      <div className={styles.row}>
        <Slider
          label="Visitors per second"
          testId="visitors-rate"
          value={wanted}
          max={Math.max(FASTEST, rate)}
          disabled={!enabled}
          onChange={setWanted}
          onCommit={(next) => void sendEdit({ kind: 'set-visitors', rate: next })}
        />
        <span className={`${styles.rate} num`}>{wanted}/s</span>
      </div>
    </Section>
  );
}
