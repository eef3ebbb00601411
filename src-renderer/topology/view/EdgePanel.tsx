/** An edge: its figures, its history, its faults. */
import { ArrowRight, Lock, LockOpen } from 'lucide-react';
import { Fragment } from 'react';
import type { EdgeState } from '../../../src-main/api/contract/index.ts';
import { useEngine } from '../../engine/store.ts';
import { SeriesCharts } from '../../overview/SeriesCharts.tsx';
import { FaultList } from '../../policies/FaultList.tsx';
import { PolicyList } from '../../policies/PolicyList.tsx';
import { CaptureSection } from '../../traffic/capture/CaptureSection.tsx';
import { formatMs, formatRate, formatShare } from '../../ui/format.ts';
import { PanelHead, Section, Stats } from '../../ui/Panel.tsx';
import { edgeId } from '../model/graph.ts';
import { realErrors } from '../model/totals.ts';
import { Failovers } from './Failovers.tsx';
import { Mirrors } from './Mirrors.tsx';
import styles from './EdgePanel.module.css';

export function EdgePanel({ from, to }: { from: string; to: string }) {
  const id = edgeId(from, to);
  const edge = useEngine(({ edges }) => edges[id]);
  const mode = useEngine(
    ({ document: { mesh } }) =>
      mesh.services.find((service) => service.name === to)?.mtls ?? mesh.mtls,
  );
  const name = useEngine(
    ({ document }) => `spiffe://${document.mesh.name}.local/ns/${document.mesh.namespace}/sa/${to}`,
  );
  return (
    <>
      <PanelHead
        title={
          <>
            {from} <ArrowRight size={15} aria-label="to" /> {to}
          </>
        }
        detail={
          <span className={styles.identity} data-strict={mode === 'strict' || undefined}>
            {mode === 'strict' ? (
              <Lock size={12} aria-hidden />
            ) : (
              <LockOpen size={12} aria-hidden />
            )}
            {mode === 'disabled' ? 'plain text: mTLS is disabled' : <SpiffeId id={name} />}
            {mode === 'permissive' && ' takes plain text as well'}
          </span>
        }
      />
      <FaultList from={from} to={to} />
      {edge?.failovers && <Failovers to={to} failovers={edge.failovers} />}
      <Section title="Now">
        <EdgeStats edge={edge} />
        {edge && Object.keys(edge.versions).length > 1 && <VersionTable edge={edge} />}
      </Section>
      {edge?.mirrors && <Mirrors mirrors={edge.mirrors} />}
      <Section title="The last minutes">
        <SeriesCharts edges={[id]} />
      </Section>
      <PolicyList from={from} to={to} />
      <CaptureSection from={from} to={to} />
    </>
  );
}

/** It breaks at its slashes only, where it is too long for a line. */
function SpiffeId({ id }: { id: string }) {
  return (
    <span className="mono">
      {id.split(/(?<=[^/]\/)(?!\/)/).map((part, i) => (
        <Fragment key={i}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </span>
  );
}

function EdgeStats({ edge }: { edge: EdgeState | undefined }) {
  if (!edge) return <p className={styles.idle}>No calls in the last five seconds.</p>;
  const real = realErrors(edge);
  return (
    <Stats
      items={[
        { label: 'Requests', value: formatRate(edge.rate) },
        {
          label: 'Errors',
          value: formatShare(edge.errorShare),
          tone: real > 0 ? 'bad' : undefined,
        },
        {
          label: 'Injected',
          value: formatShare(edge.injectedShare),
          tone: edge.injectedShare > 0 ? 'injected' : undefined,
        },
        { label: 'p50', value: formatMs(edge.p50) },
        { label: 'p95', value: formatMs(edge.p95) },
        { label: 'p99', value: formatMs(edge.p99) },
        ...(edge.open > 0 ? [{ label: 'Open connections', value: String(edge.open) }] : []),
        ...(edge.retryRate > 0
          ? [{ label: 'Retries', value: formatRate(edge.retryRate), tone: 'warn' as const }]
          : []),
      ]}
    />
  );
}

function VersionTable({ edge }: { edge: EdgeState }) {
  return (
    <table className={`${styles.versions} num`}>
      <thead>
        <tr>
          <th>Version</th>
          <th>Share</th>
          <th>Requests</th>
          <th>Errors</th>
          <th>p95</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(edge.versions).map(([version, figures]) => (
          <tr key={version}>
            <td>{version}</td>
            <td>{formatShare(edge.rate === 0 ? 0 : figures.rate / edge.rate)}</td>
            <td>{formatRate(figures.rate)}</td>
            <td>{formatShare(figures.errorShare)}</td>
            <td>{formatMs(figures.p95)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
