/** Everything that is not as usual right now, each with a way to it and a way to end it. */
import { GitBranch, ShieldCheck, X } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Edit, RolloutView } from '../../src-main/api/contract/index.ts';
import { sendEdit } from '../engine/edits.ts';
import { useEngine } from '../engine/store.ts';
import { sayRule, sayWay } from '../policies/describe.ts';
import { valueAt } from '../policies/draft.ts';
import { jumpTo } from '../policies/editing.ts';
import { iconOf } from '../policies/icons.ts';
import { captureRules, faultRules, instanceFaultRules } from '../policies/rules.ts';
import type { Rule } from '../policies/rules.ts';
import { Button } from '../ui/Button.tsx';
import styles from './ActiveBar.module.css';
import { showScreen } from './ui-store.ts';
import type { Selection } from './ui-store.ts';

export function ActiveBar() {
  const content = useEngine(({ document }) => document.content);
  const traffic = useEngine(({ document }) => document.mesh.traffic);
  const rollouts = useEngine((state) => state.rollouts);
  const faults = [...faultRules(content), ...instanceFaultRules(content)].filter(isActing);
  const splits = Object.entries(traffic).flatMap(([service, { split }]) =>
    split ? [{ service, split }] : [],
  );
  const running = useEngine((state) => state.captures);
  const captures = captureRules(content).filter(({ name }) =>
    running.some((one) => one.name === name && !one.isSpent),
  );
  return (
    <div className={styles.bar} data-testid="active-bar" role="region" aria-label="What is active">
      <span className={styles.title}>Active</span>
      <ul className={styles.chips}>
        {faults.length + splits.length + captures.length === 0 && (
          <li className={styles.none}>no faults, no splits</li>
        )}
        {faults.map((rule) => (
          <FaultChip key={`${rule.kind} ${rule.name}`} rule={rule} />
        ))}
        {captures.map((rule) => (
          <CaptureChip key={rule.name} rule={rule} />
        ))}
        {splits.map(({ service, split }) => (
          <Chip
            key={service}
            kind="split"
            icon={GitBranch}
            name={service}
            text={`${describeSplit(split)}${describeRamp(rollouts.find((one) => one.service === service))}`}
            off={`Remove the split of ${service}`}
            edit={{ kind: 'set-split', service, split: null }}
            onJump={() => showScreen('mesh', { kind: 'service', name: service })}
          />
        ))}
      </ul>
      <Button
        icon={ShieldCheck}
        kind="danger"
        testId="all-faults-off"
        disabled={faults.length === 0}
        onClick={() => void sendEdit({ kind: 'switch-all-faults-off' })}
      >
        All faults off
      </Button>
    </div>
  );
}

/** What has expired still stands in the document, and does nothing. */
function isActing({ enabled, value }: Rule): boolean {
  const expires = valueAt(value, ['expires']);
  return enabled && (expires === undefined || Date.parse(String(expires)) > Date.now());
}

function FaultChip({ rule }: { rule: Rule }) {
  const { kind, name = '', place, value } = rule;
  const [from, to, service] = ['from', 'to', 'service'].map((key) => valueAt(value, [key]));
  const isFault = kind === 'fault';
  const target = String(isFault ? to : service);
  const caller = isFault && from !== undefined ? String(from) : undefined;
  const selection =
    caller === undefined
      ? ({ kind: 'service', name: target } as const)
      : ({ kind: 'edge', from: caller, to: target } as const);
  return (
    <Chip
      kind="fault"
      icon={iconOf(rule)}
      name={name}
      text={isFault ? `${sayWay(value)}, ${sayRule(rule)}` : sayRule(rule)}
      off={`Switch ${name} off`}
      edit={{ kind: 'switch-policy', place: [...place], enabled: false }}
      onJump={() => jumpTo(selection, { ...rule, was: value, to: target, from: caller })}
    />
  );
}

function CaptureChip({ rule }: { rule: Rule }) {
  const { name = '', place, value } = rule;
  const [from, to] = ['from', 'to'].map((key) => valueAt(value, [key]));
  const target = to === undefined ? '' : String(to);
  const caller = from === undefined ? undefined : String(from);
  return (
    <Chip
      kind="capture"
      icon={iconOf(rule)}
      name={name}
      text={`captures ${sayRule(rule)}`}
      off={`Switch ${name} off`}
      edit={{ kind: 'switch-policy', place: [...place], enabled: false }}
      onJump={() =>
        jumpTo(whereOf(caller, target), { ...rule, was: value, to: target, from: caller })
      }
    />
  );
}

/** The edge or the service that it is about; else nothing. */
function whereOf(from: string | undefined, to: string): Selection {
  if (to === '') return { kind: 'none' };
  return from === undefined ? { kind: 'service', name: to } : { kind: 'edge', from, to };
}

interface ChipProps {
  readonly kind: 'fault' | 'split' | 'capture';
  readonly icon: LucideIcon;
  readonly name: string;
  readonly text: string;
  /** What the cross does. */
  readonly off: string;
  readonly edit: Edit;
  onJump(): void;
}

function Chip({ kind, icon: Icon, name, text, off, edit, onJump }: ChipProps) {
  return (
    <li className={styles.chip} data-kind={kind}>
      <button type="button" className={styles.jump} title={`${name}: ${text}`} onClick={onJump}>
        <Icon size={13} aria-hidden />
        <b>{name}</b>
        <span className="num">{text}</span>
      </button>
      <button
        type="button"
        className={styles.off}
        aria-label={off}
        title={off}
        onClick={() => void sendEdit(edit)}
      >
        <X size={13} aria-hidden />
      </button>
    </li>
  );
}

function describeSplit(split: Readonly<Record<string, number>>): string {
  return Object.entries(split)
    .map(([version, weight]) => `${version} ${weight} %`)
    .join(' · ');
}

/** Of a split that does not stay as it is. */
function describeRamp(rollout: RolloutView | undefined): string {
  if (rollout?.status !== 'running' && rollout?.status !== 'paused') return '';
  const { version, until, status } = rollout;
  return ` · ${version} to ${until} %${status === 'paused' ? ', paused' : ''}`;
}
