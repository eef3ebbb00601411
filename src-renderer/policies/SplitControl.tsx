/** The split between the versions of a service: a slider for each, 100 % together. */
import { useEffect, useState } from 'react';
import { defaultSplit, moveShare } from '../../src-main/api/contract/index.ts';
import type { Service } from '../../src-main/api/contract/index.ts';
import { sendEdit } from '../engine/edits.ts';
import { useEngine } from '../engine/store.ts';
import { Button } from '../ui/Button.tsx';
import { NumberInput } from '../ui/NumberInput.tsx';
import { Section } from '../ui/Panel.tsx';
import { Slider } from '../ui/Slider.tsx';
import { MirrorControl } from './MirrorControl.tsx';
import { RolloutControl } from './RolloutControl.tsx';
import styles from './SplitControl.module.css';

export function SplitControl({ service }: { service: Service }) {
  const given = useEngine(({ document }) => document.mesh.traffic[service.name]?.split);
  const current = given ?? defaultSplit(service.versions);
  const key = JSON.stringify(current);
  const [wanted, setWanted] = useState(current);
  // What somebody else has changed meanwhile is taken over.
  useEffect(() => setWanted(JSON.parse(key) as typeof current), [key]);
  const changed = JSON.stringify(wanted) !== key;
  const apply = (): Promise<boolean> =>
    sendEdit({ kind: 'set-split', service: service.name, split: { ...wanted } });
  return (
    <Section title="Split between versions">
      {service.versions.map(({ name }) => (
        <div key={name} className={styles.row}>
          <b>{name}</b>
          <Slider
            label={`Share of ${name} in per cent`}
            testId={`split-slider-${name}`}
            value={wanted[name] ?? 0}
            max={100}
            onChange={(percent) => setWanted(moveShare(wanted, name, percent))}
          />
          <NumberInput
            label={`Share of ${name} in per cent, as a number`}
            testId={`split-input-${name}`}
            value={wanted[name] ?? 0}
            max={100}
            onChange={(percent) => setWanted(moveShare(wanted, name, percent))}
          />
          <span>%</span>
        </div>
      ))}
      <div className={styles.buttons}>
        {changed && <Button onClick={() => setWanted(current)}>Cancel</Button>}
        <Button
          kind="primary"
          testId="split-apply"
          disabled={!changed}
          onClick={() => void apply()}
        >
          Apply
        </Button>
      </div>
      <RolloutControl key={`ramp ${service.name}`} service={service} shares={current} />
      <MirrorControl key={service.name} service={service} />
    </Section>
  );
}
