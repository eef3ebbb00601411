/** A version's share that grows by itself, step by step: how it is asked for, and how it goes. */
import { Pause, Play, SkipForward, TrendingUp, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { RolloutPlan, RolloutView, Service } from '../../src-main/api/contract/index.ts';
import { attempt } from '../engine/edits.ts';
import { ask } from '../engine/session.ts';
import { useEngine } from '../engine/store.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { NumberInput } from '../ui/NumberInput.tsx';
import { RolloutProgress } from './RolloutProgress.tsx';
import styles from './RolloutControl.module.css';
import { planOf, rampDraft, sayRamp } from './rollout-draft.ts';
import type { RampDraft } from './rollout-draft.ts';

export function RolloutControl({
  service,
  shares,
}: {
  readonly service: Service;
  /** Per cent by version, as they are now. */
  readonly shares: Readonly<Record<string, number>>;
}) {
  const rollout = useEngine(({ rollouts }) => rollouts.find((one) => one.service === service.name));
  const [draft, setDraft] = useState<RampDraft>();
  if (draft) {
    return (
      <RampForm
        service={service}
        shares={shares}
        draft={draft}
        onChange={setDraft}
        onClose={() => setDraft(undefined)}
      />
    );
  }
  const isUnderWay = rollout?.status === 'running' || rollout?.status === 'paused';
  return (
    <div className={styles.rollout}>
      {rollout && <Shown rollout={rollout} />}
      {!isUnderWay && (
        <Button
          icon={TrendingUp}
          testId="ramp-open"
          onClick={() => setDraft(rampDraft(service, shares))}
        >
          Ramp up in steps…
        </Button>
      )}
    </div>
  );
}

function Shown({ rollout }: { rollout: RolloutView }) {
  const { service, status } = rollout;
  const steer = (how: 'pause' | 'resume' | 'finish'): void =>
    void attempt(() => ask('steerRollout', { service, how }));
  const end = (how: 'rollBack' | 'dismiss'): void =>
    void attempt(() => ask('endRollout', { service, how }));
  return (
    <>
      <RolloutProgress rollout={rollout} />
      <div className={styles.buttons}>
        {status === 'running' && (
          <Button icon={Pause} testId="rollout-pause" onClick={() => steer('pause')}>
            Pause
          </Button>
        )}
        {status === 'paused' && (
          <Button icon={Play} testId="rollout-resume" onClick={() => steer('resume')}>
            Go on
          </Button>
        )}
        {(status === 'running' || status === 'paused') && (
          <Button icon={SkipForward} testId="rollout-finish" onClick={() => steer('finish')}>
            Finish
          </Button>
        )}
        {status !== 'rolledBack' && (
          <Button icon={Undo2} kind="danger" testId="rollout-back" onClick={() => end('rollBack')}>
            Roll back
          </Button>
        )}
        {(status === 'done' || status === 'stopped' || status === 'rolledBack') && (
          <Button testId="rollout-dismiss" onClick={() => end('dismiss')}>
            Dismiss
          </Button>
        )}
      </div>
    </>
  );
}

interface RampFormProps {
  readonly service: Service;
  readonly shares: Readonly<Record<string, number>>;
  readonly draft: RampDraft;
  onChange(draft: RampDraft): void;
  onClose(): void;
}

function RampForm({ service, shares, draft, onChange, onClose }: RampFormProps) {
  const put = (change: Partial<RampDraft>): void => onChange({ ...draft, ...change });
  const { problem, plan } = planOf(service.name, draft, shares);
  const start = async (wanted: RolloutPlan): Promise<void> => {
    if (await attempt(() => ask('startRollout', wanted))) onClose();
  };
  return (
    <form
      className={styles.form}
      data-testid="ramp-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (plan) void start(plan);
      }}
    >
      <Field label="Version">
        <select
          data-testid="ramp-version"
          value={draft.version}
          onChange={({ target }) => put({ version: target.value })}
        >
          {service.versions.map(({ name }) => (
            <option key={name} value={name}>
              {name}, now {shares[name] ?? 0} %
            </option>
          ))}
        </select>
      </Field>
      <div className={styles.fields}>
        <Amount
          label="Up to"
          unit="%"
          testId="ramp-until"
          value={draft.until}
          max={100}
          onChange={(until) => put({ until })}
        />
        <Amount
          label="By"
          unit="%"
          testId="ramp-step"
          value={draft.step}
          max={100}
          onChange={(step) => put({ step })}
        />
        <Amount
          label="Every"
          unit="s"
          testId="ramp-interval"
          value={draft.seconds}
          max={86_400}
          onChange={(seconds) => put({ seconds })}
        />
      </div>
      <p className={styles.hint}>
        Rolled back by itself where this version’s answers are worse than:
      </p>
      <div className={styles.fields}>
        <Amount
          label="Errors"
          unit="%"
          testId="ramp-errors"
          value={draft.maxErrors}
          max={100}
          onChange={(maxErrors) => put({ maxErrors })}
        />
        <Amount
          label="p95 (0: any)"
          unit="ms"
          testId="ramp-latency"
          value={draft.maxLatency}
          max={86_400_000}
          onChange={(maxLatency) => put({ maxLatency })}
        />
      </div>
      <p className={styles.hint} role="status" data-wrong={problem !== undefined || undefined}>
        {problem ?? (plan && sayRamp(plan, shares))}
      </p>
      <div className={styles.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button submit kind="primary" testId="ramp-start" disabled={!plan}>
          Start
        </Button>
      </div>
    </form>
  );
}

interface AmountProps {
  readonly label: string;
  readonly unit: string;
  readonly testId: string;
  readonly value: number;
  readonly max: number;
  onChange(value: number): void;
}

function Amount({ label, unit, ...rest }: AmountProps) {
  return (
    <label className={styles.amount}>
      <span>{label}</span>
      <span>
        <NumberInput label={`${label}, in ${unit}`} {...rest} />
        {unit}
      </span>
    </label>
  );
}
