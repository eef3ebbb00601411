/** A service: its versions, its instances, how calls to it are treated. */
import { PanelsTopLeft } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import type { MatchCondition, RequestMatch, Service } from '../../src-main/api/contract/index.ts';
import { openService, select } from '../app/ui-store.ts';
import { SeriesCharts } from '../overview/SeriesCharts.tsx';
import { useEngine } from '../engine/store.ts';
import { RetryControl } from '../policies/RetryControl.tsx';
import { SplitControl } from '../policies/SplitControl.tsx';
import { TimeoutControl } from '../policies/TimeoutControl.tsx';
import { callersOf, edgeId } from '../topology/model/graph.ts';
import { totalOf } from '../topology/model/totals.ts';
import { formatMs, formatRate, formatShare } from '../ui/format.ts';
import { Button } from '../ui/Button.tsx';
import { PanelHead, Section, Stats } from '../ui/Panel.tsx';
import { Instances } from './Instances.tsx';
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
      <Section title="Instances">
        <Instances name={name} />
      </Section>
      <Section title="The last minutes">
        <Charts name={name} />
      </Section>
      <Policies service={service} />
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

function Policies({ service }: { service: Service }) {
  const traffic = useEngine(({ document }) => document.mesh.traffic[service.name]);
  return (
    <Section title="Policies">
      <TimeoutControl service={service.name} timeout={traffic?.timeout} />
      <RetryControl service={service.name} retry={traffic?.retry} />
      {(traffic?.routes ?? []).map(({ name, match }) => (
        <p key={name} className={styles.policy}>
          <span>Route</span>
          <span>{`${describeMatch(match)} → ${name}`}</span>
        </p>
      ))}
      {(traffic?.overrides ?? []).map(({ match, version }, i) => (
        <p key={i} className={styles.policy}>
          <span>Override</span>
          <span>{`${describeMatch(match)} → ${version}`}</span>
        </p>
      ))}
    </Section>
  );
}

function describeMatch(match: RequestMatch): string {
  const { method, path, headers = {}, conditions = [], caller } = match;
  const parts = [
    ...(method === undefined ? [] : [method]),
    ...(path === undefined ? [] : [path]),
    ...Object.entries(headers).map(([header, value]) => `${header}: ${value}`),
    ...conditions.map(describeCondition),
    ...(caller ? [`from ${caller.service} ${caller.version ?? ''}`.trimEnd()] : []),
  ];
  return parts.length === 0 ? 'everything' : parts.join(', ');
}

function describeCondition({ of, name, by, values }: MatchCondition): string {
  const compared = by === 'exact' ? '' : ` ${by}`;
  return [`${of} ${name}`.trimEnd() + compared, values.join(' or ')].join(' ').trimEnd();
}
