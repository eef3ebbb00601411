/** A service: its versions, its instances, how calls to it are treated. */
import { useShallow } from 'zustand/react/shallow';
import type { Service, TrafficPolicy } from '../../src-main/api/contract/index.ts';
import { formatDuration } from '../../src-main/api/contract/index.ts';
import { select } from '../app/ui-store.ts';
import { useEngine } from '../engine/store.ts';
import { SplitControl } from '../policies/SplitControl.tsx';
import { TimeoutControl } from '../policies/TimeoutControl.tsx';
import { totalOf } from '../topology/model/totals.ts';
import { formatMs, formatRate, formatShare } from '../ui/format.ts';
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
  return (
    <>
      <PanelHead
        title={name}
        detail={`${count} ${count === 1 ? 'version' : 'versions'} · runtime ${service.runtime}`}
      />
      {count > 1 && <SplitControl service={service} />}
      <Section title="Calls to it">
        <Inbound name={name} />
      </Section>
      <Section title="Instances">
        <Instances name={name} />
      </Section>
      <Policies service={service} />
      <Section title="Output">
        <Logs name={name} />
      </Section>
    </>
  );
}

function Inbound({ name }: { name: string }) {
  const figures = useEngine(
    useShallow(({ edges }) => totalOf(Object.values(edges).filter(({ to }) => to === name))),
  );
  const callers = useEngine(
    useShallow(({ document }) => [
      ...(document.mesh.gateway.routes.some(({ service }) => service === name) ? ['gateway'] : []),
      ...document.mesh.services.filter(({ calls }) => calls.includes(name)).map((one) => one.name),
    ]),
  );
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

function Policies({ service }: { service: Service }) {
  const traffic = useEngine(({ document }) => document.mesh.traffic[service.name]);
  return (
    <Section title="Policies">
      <TimeoutControl service={service.name} timeout={traffic?.timeout} />
      <p className={styles.policy}>
        <span>Retries</span>
        <span>{describeRetry(traffic?.retry)}</span>
      </p>
      {(traffic?.overrides ?? []).map(({ match, version }, i) => (
        <p key={i} className={styles.policy}>
          <span>Override</span>
          <span>
            {Object.entries(match.headers ?? {})
              .map(([header, value]) => `${header}: ${value}`)
              .join(', ')}
            {` → ${version}`}
          </span>
        </p>
      ))}
    </Section>
  );
}

function describeRetry(retry: TrafficPolicy['retry']): string {
  if (!retry) return 'none';
  const each =
    retry.perTryTimeout === undefined ? '' : `, each ${formatDuration(retry.perTryTimeout)}`;
  return `${retry.attempts}${each}, on ${retry.on.join(', ')}`;
}
