/** What of the graph is shown, and what stands on its edges. */
import { EyeOff, Focus, HeartPulse, Table2, Zap } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useStore } from 'zustand';
import { useUi } from '../../app/ui-store.ts';
import { METRICS, NO_FILTER, isFiltering } from '../model/options.ts';
import type { Metric } from '../model/options.ts';
import { protocolLabel } from '../model/protocol.ts';
import { sceneStore } from '../scene-store.ts';
import {
  changeFilter,
  changeSettings,
  useFocus,
  useSettings,
  useTable,
} from '../settings-store.ts';
import styles from './FilterBar.module.css';
import type { Grouping } from './use-layout.ts';

const RATES = [0, 0.1, 1, 10, 100];

export function FilterBar({ grouping }: { grouping: Grouping }) {
  const filter = useSettings((settings) => settings.filter);
  const metric = useSettings((settings) => settings.metric);
  const table = useTable();
  return (
    <div className={styles.bar} role="toolbar" aria-label="Filter of the graph">
      <div className={styles.set} role="group" aria-label="Show only">
        <Toggle
          icon={HeartPulse}
          label="Unwell"
          title="Only what is degraded or failing"
          testId="filter-unwell"
          on={filter.unwell}
          onChange={(unwell) => changeFilter({ unwell })}
        />
        <Toggle
          icon={Zap}
          label="Acted on"
          title="Only where a fault or a policy acts"
          testId="filter-marked"
          on={filter.marked}
          onChange={(marked) => changeFilter({ marked })}
        />
        <Toggle
          icon={EyeOff}
          label="Hide idle"
          title="Without calls in the last five seconds"
          testId="filter-idle"
          on={filter.hideIdle}
          onChange={(hideIdle) => changeFilter({ hideIdle })}
        />
        <FocusToggle />
      </div>
      <Choice
        label="Rate"
        testId="filter-rate"
        value={String(filter.leastRate)}
        onChange={(value) => changeFilter({ leastRate: Number(value) })}
      >
        {RATES.map((rate) => (
          <option key={rate} value={rate}>
            {rate === 0 ? 'any rate' : `≥ ${rate}/s`}
          </option>
        ))}
      </Choice>
      <ProtocolChoice protocol={filter.protocol} />
      {isFiltering(filter) && (
        <button
          type="button"
          className={styles.clear}
          data-testid="filter-clear"
          onClick={() => changeSettings({ filter: NO_FILTER })}
        >
          <Hidden /> · show all
        </button>
      )}
      <span className={styles.space} />
      <Choice
        label="On edges"
        testId="edge-metric"
        value={metric}
        onChange={(value) => changeSettings({ metric: value as Metric })}
      >
        {METRICS.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </Choice>
      <GroupChoice grouping={grouping} />
      <Toggle
        icon={Table2}
        label="Table"
        title="All services as a table beside the graph"
        testId="table-toggle"
        on={table}
        onChange={(next) => changeSettings({ table: next })}
      />
    </div>
  );
}

/** How much the filter leaves out. */
function Hidden() {
  const count = useStore(
    sceneStore,
    ({ graph, visible }) => graph.nodes.length - (visible?.nodes.size ?? graph.nodes.length),
  );
  return <span className="num">{count} hidden</span>;
}

/** What is searched for alone, with its neighbours, laid out by itself. */
function FocusToggle() {
  const focus = useFocus();
  const search = useUi((ui) => ui.search);
  return (
    <Toggle
      icon={Focus}
      label="Focus"
      title={
        search === ''
          ? 'Search for a service, and only it and its neighbours are laid out'
          : `Lay out only what fits “${search}”, and its neighbours`
      }
      testId="focus-toggle"
      on={focus}
      onChange={(next) => changeSettings({ focus: next })}
    />
  );
}

function ProtocolChoice({ protocol }: { protocol: string }) {
  const spoken = useStore(
    sceneStore,
    useShallow(({ scene }) =>
      [...new Set([...scene.edges.values()].map(({ edge }) => edge?.protocol ?? ''))].sort(),
    ),
  );
  const choices = [...new Set([...spoken, protocol])].filter((one) => one !== '');
  return (
    <Choice
      label="Protocol"
      testId="filter-protocol"
      value={protocol}
      onChange={(value) => changeFilter({ protocol: value })}
    >
      <option value="">any protocol</option>
      {choices.map((one) => (
        <option key={one} value={one}>
          {protocolLabel(one)}
        </option>
      ))}
    </Choice>
  );
}

function GroupChoice({ grouping: { keys, groupBy, names, collapsed } }: { grouping: Grouping }) {
  if (keys.length === 0) return null;
  const all = names.every((name) => collapsed.has(name));
  return (
    <>
      <Choice
        label="Group"
        testId="group-by"
        value={groupBy}
        onChange={(value) => changeSettings({ groupBy: value })}
      >
        <option value="">no groups</option>
        {keys.map((key) => (
          <option key={key} value={key}>
            by {key}
          </option>
        ))}
      </Choice>
      {groupBy !== '' && (
        <button
          type="button"
          className={styles.clear}
          data-testid="groups-toggle"
          onClick={() => changeSettings({ collapsed: all ? [] : names })}
        >
          {all ? 'open all' : 'close all'}
        </button>
      )}
    </>
  );
}

interface ToggleProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly title: string;
  readonly testId: string;
  readonly on: boolean;
  onChange(on: boolean): void;
}

function Toggle({ icon: Icon, label, title, testId, on, onChange }: ToggleProps) {
  return (
    <button
      type="button"
      className={styles.toggle}
      title={title}
      aria-pressed={on}
      data-testid={testId}
      onClick={() => onChange(!on)}
    >
      <Icon size={13} aria-hidden />
      <span className={styles.word}>{label}</span>
    </button>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly testId: string;
  readonly value: string;
  readonly children: ReactNode;
  onChange(value: string): void;
}

function Choice({ label, testId, value, children, onChange }: ChoiceProps) {
  return (
    <label className={styles.choice}>
      <span className="sr-only">{label}</span>
      <select data-testid={testId} value={value} onChange={({ target }) => onChange(target.value)}>
        {children}
      </select>
    </label>
  );
}
