/** All services, with how they do. */
import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { formatRoute, HOME } from '../app/routes.ts';
import { openService, useUi } from '../app/ui-store.ts';
import { useEngine } from '../engine/store.ts';
import { healthOf, instanceHealth, worst } from '../topology/model/health.ts';
import { totalOf } from '../topology/model/totals.ts';
import { formatRate } from '../ui/format.ts';
import { edgesTo } from './service-figures.ts';
import styles from './ServicePage.module.css';

export function ServiceList({ chosen }: { chosen: string | undefined }) {
  const names = useEngine(
    useShallow(({ document }) => document.mesh.services.map(({ name }) => name)),
  );
  return (
    <nav className={styles.list} aria-label="Services">
      <h2>Services</h2>
      <ul>
        {names.map((name) => (
          <li key={name}>
            <Item name={name} isChosen={name === chosen} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

const Item = memo(function Item({ name, isChosen }: { name: string; isChosen: boolean }) {
  const tab = useUi((ui) => ui.tab);
  const [health, rate] = useEngine(
    useShallow(({ document, edges, instances }) => {
      const incoming = edgesTo(edges, name);
      const total = totalOf(incoming);
      const service = document.mesh.services.find((one) => one.name === name);
      const flows = incoming.map((edge) => healthOf(edge, service?.healthThresholds));
      const own = Object.values(instances).filter(({ service }) => service === name);
      const health = worst(...flows, instanceHealth(own));
      return [health, formatRate(total.rate)] as const;
    }),
  );
  return (
    <a
      href={formatRoute({ ...HOME, screen: 'service', selection: { kind: 'service', name }, tab })}
      aria-current={isChosen ? 'page' : undefined}
      data-health={health}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        openService(name, tab);
      }}
    >
      <i className={styles.light} aria-hidden />
      <span className={styles.name}>
        {name}
        <span className="sr-only">{`, ${health}`}</span>
      </span>
      <span className={`${styles.rate} num`}>{rate}</span>
    </a>
  );
});
