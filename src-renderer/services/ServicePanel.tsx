/** A service: its versions, its instances, how calls to it are treated. */
import { PanelsTopLeft } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { openService, select } from '../app/ui-store.ts';
import { SeriesCharts } from '../overview/SeriesCharts.tsx';
import { useEngine } from '../engine/store.ts';
import { FaultList } from '../policies/FaultList.tsx';
import { PolicyList } from '../policies/PolicyList.tsx';
import { SettingList } from '../policies/SettingList.tsx';
import { SplitControl } from '../policies/SplitControl.tsx';
import { callersOf, edgeId } from '../topology/model/graph.ts';
import { totalOf } from '../topology/model/totals.ts';
import { CaptureSection } from '../traffic/capture/CaptureSection.tsx';
import { formatMs, formatRate, formatShare } from '../ui/format.ts';
import { Button } from '../ui/Button.tsx';
import { PanelHead, Section, Stats } from '../ui/Panel.tsx';
import { InstanceFaults, Instances } from './Instances.tsx';
import { Logs } from './Logs.tsx';
import styles from './ServicePanel.module.css';

export function ServicePanel({ name }: { name: string }) {
  const service = useEngine(({ document }) =>
    document.mesh.services.find((one) => one.name === name),
  );
  if (!service)
    return <PanelHead title={name} detail="This service is not in the document any more." />;
  const count = service.versions.length;
  const runtimes = new Set(service.versions.map(({ workload }) => workload.runtime));
  return (
    <>
      <PanelHead
        title={name}
        detail={`${count} ${count === 1 ? 'version' : 'versions'} · runtime ${[...runtimes].join(', ')}`}
      />
      <div className={styles.open}>
        <Button icon={PanelsTopLeft} testId="open-service" onClick={() => openService(name)}>
          Open its page
        </Button>
      </div>
      {count > 1 && <SplitControl service={service} />}
      <Section title="Calls to it">
        <Inbound name={name} />
      </Section>
      <PolicyList to={name} />
      <FaultList to={name} />
      <CaptureSection to={name} />
      <SettingList service={name} />
      <Section title="Instances">
        <Instances name={name} />
        <InstanceFaults name={name} />
      </Section>
      <Section title="The last minutes">
        <Charts name={name} />
      </Section>
      <Section title="Output">
        <Logs name={name} />
      </Section>
    </>
  );
}

function useCallers(name: string): string[] {
  return useEngine(useShallow(({ document }) => callersOf(document.mesh, name)));
}

function Inbound({ name }: { name: string }) {
  const figures = useEngine(
    useShallow(({ edges }) => totalOf(Object.values(edges).filter(({ to }) => to === name))),
  );
  const callers = useCallers(name);
  return (
    <>
      <Stats
        items={[
          { label: 'Requests', value: formatRate(figures.rate) },
          {
            label: 'Errors',
            value: formatShare(figures.errorShare),
            tone: figures.errorShare > 0 ? 'bad' : undefined,
          },
          { label: 'p95', value: formatMs(figures.p95) },
        ]}
      />
      <p className={styles.callers}>
        <span>Called by</span>
        {callers.map((from) => (
          <button key={from} type="button" onClick={() => select({ kind: 'edge', from, to: name })}>
            {from}
          </button>
        ))}
        {callers.length === 0 && <span>nobody</span>}
      </p>
    </>
  );
}

function Charts({ name }: { name: string }) {
  const callers = useCallers(name);
  return <SeriesCharts edges={callers.map((from) => edgeId(from, name))} service={name} />;
}
