/** The versions of a service side by side. */
import { useMemo } from 'react';
import type { Totals } from '../../topology/model/totals.ts';
import { useEngine } from '../../engine/store.ts';
import { formatMs, formatRate, formatShare } from '../../ui/format.ts';
import { edgesTo, totalsByVersion } from '../service-figures.ts';
import styles from './Tab.module.css';

export function Versions({ name }: { name: string }) {
  const edges = useEngine((state) => state.edges);
  const service = useEngine(({ document }) =>
    document.mesh.services.find((one) => one.name === name),
  );
  const split = useEngine(({ document }) => document.mesh.traffic[name]?.split);
  const totals = useMemo(() => totalsByVersion(edgesTo(edges, name)), [edges, name]);
  const versions = service?.versions ?? [];
  return (
    <section>
      <h3>{versions.length === 1 ? 'Version' : 'Versions'}</h3>
      <table className={styles.table} data-testid="versions">
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Replicas</th>
            <th scope="col">Split</th>
            <Figure>Requests</Figure>
            <Figure>Errors</Figure>
            <Figure>p50</Figure>
            <Figure>p95</Figure>
            <Figure>p99</Figure>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.name}>
              <td>
                <b>{version.name}</b>
              </td>
              <td className="num">{version.replicas}</td>
              <td className="num">{split ? `${split[version.name] ?? 0} %` : 'even'}</td>
              <Figures of={totals[version.name]} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Figure({ children }: { children: string }) {
  return (
    <th scope="col" className={styles.figure}>
      {children}
    </th>
  );
}

function Figures({ of: totals }: { of: Totals | undefined }) {
  const values = totals
    ? [
        formatRate(totals.rate),
        formatShare(totals.errorShare),
        formatMs(totals.p50),
        formatMs(totals.p95),
        formatMs(totals.p99),
      ]
    : ['0.0/s', '–', '–', '–', '–'];
  return values.map((value, i) => (
    <td
      key={i}
      className={`${styles.figure} num`}
      data-tone={i === 1 && totals && totals.errorShare > 0 ? 'bad' : undefined}
    >
      {value}
    </td>
  ));
}
