/** Requests to a service that are sent a second time: whether, where to, and how many. */
import { useEffect, useState } from 'react';
import type { Service } from '../../src-main/api/contract/index.ts';
import { sendEdit } from '../engine/edits.ts';
import { useEngine } from '../engine/store.ts';
import { NumberInput } from '../ui/NumberInput.tsx';
import { Slider } from '../ui/Slider.tsx';
import { Switch } from '../ui/Switch.tsx';
import { mirrorDraft, mirrorEdits, mirrorName } from './mirror-draft.ts';
import type { Mirror } from './mirror-draft.ts';
import styles from './MirrorControl.module.css';

export function MirrorControl({ service }: { service: Service }) {
  const mirror = useEngine(({ document }) => document.mesh.traffic[service.name]?.mirror);
  const split = useEngine(({ document }) => document.mesh.traffic[service.name]?.split);
  const [wanted, setWanted] = useState(() => mirrorDraft(service, split, mirror));
  const key = mirror && JSON.stringify(mirror);
  // What somebody else has changed meanwhile is taken over; what was switched off is remembered.
  useEffect(() => {
    if (key !== undefined) setWanted(JSON.parse(key) as Mirror);
  }, [key]);
  // Nothing to choose from, and nothing chosen.
  if (!wanted) return null;
  const send = async (next: Mirror, on: boolean): Promise<void> => {
    setWanted(next);
    for (const edit of mirrorEdits(service.name, next, on)) if (!(await sendEdit(edit))) return;
  };
  return (
    <div className={styles.mirror}>
      <div className={styles.row}>
        <span>{`Mirror to ${mirrorName(wanted)}`}</span>
        <Switch
          label={`Send requests to ${service.name} to ${mirrorName(wanted)} as well`}
          testId="mirror-switch"
          checked={mirror !== undefined}
          onChange={(on) => void send(wanted, on)}
        />
      </div>
      {mirror && (
        <div className={styles.row}>
          <Slider
            label="Mirrored in per cent"
            testId="mirror-slider"
            value={wanted.percentage}
            max={100}
            onChange={(percentage) => setWanted({ ...wanted, percentage })}
            onCommit={(percentage) => void send({ ...wanted, percentage }, true)}
          />
          <NumberInput
            label="Mirrored in per cent, as a number"
            testId="mirror-input"
            value={wanted.percentage}
            max={100}
            step="any"
            onChange={(percentage) => void send({ ...wanted, percentage }, true)}
          />
          <span>%</span>
        </div>
      )}
      <p>Sent a second time; nobody waits for the answers, which are compared.</p>
    </div>
  );
}
