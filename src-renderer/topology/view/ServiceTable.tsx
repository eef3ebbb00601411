/** All services with their figures, beside the graph: what a large mesh is looked through with. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { select, useUi } from '../../app/ui-store.ts';
import { engineStore, useEngine } from '../../engine/store.ts';
import { formatMsShort, formatRate, formatShareShort } from '../../ui/format.ts';
import { serviceRows, sortRows } from '../model/table.ts';
import type { SortKey } from '../model/table.ts';
import { momentStore } from '../moment-store.ts';
import styles from './ServiceTable.module.css';

const ROW = 28;
const COLUMNS: readonly { readonly key: SortKey; readonly label: string }[] = [
  { key: 'name', label: 'Service' },
  { key: 'rate', label: 'Rate' },
  { key: 'errors', label: 'Errors' },
  { key: 'p95', label: 'p95' },
];

export function ServiceTable() {
  const services = useEngine(({ document }) => document.mesh.services);
  const moment = useStore(momentStore, (state) => state.moment);
  const live = useStore(engineStore, ({ state }) => state?.edges);
  const search = useUi((ui) => ui.search);
  const selection = useUi((ui) => ui.selection);
  const [sort, setSort] = useState<SortKey>('rate');
  const rows = useMemo(() => {
    const edges = moment ? moment.edges : Object.values(live ?? {});
    return sortRows(serviceRows(services, edges, search), sort);
  }, [services, moment, live, search, sort]);
  const list = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  return (
    <div className={styles.table} role="table" aria-label="Services" data-testid="service-table">
      <div className={styles.head} role="row">
        {COLUMNS.map(({ key, label }) => (
          <span
            key={key}
            role="columnheader"
            aria-sort={sort === key ? (key === 'name' ? 'ascending' : 'descending') : 'none'}
          >
            <button type="button" data-testid={`sort-${key}`} onClick={() => setSort(key)}>
              {label}
            </button>
          </span>
        ))}
      </div>
      <div ref={list} className={styles.list} role="rowgroup">
        <div style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (!row) return null;
            const { name, rate, errors, p95, health } = row;
            const isSelected = selection.kind === 'service' && selection.name === name;
            return (
              <div
                key={name}
                className={styles.row}
                role="row"
                style={{ transform: `translateY(${start}px)` }}
                data-selected={isSelected || undefined}
                data-health={health}
              >
                <span role="cell">
                  <button type="button" onClick={() => select({ kind: 'service', name })}>
                    <i aria-hidden />
                    {name}
                  </button>
                </span>
                <span role="cell" className="num">
                  {rate === 0 ? 'idle' : formatRate(rate)}
                </span>
                <span role="cell" className="num" data-bad={errors > 0 || undefined}>
                  {rate === 0 ? '' : formatShareShort(errors)}
                </span>
                <span role="cell" className="num">
                  {rate === 0 ? '' : formatMsShort(p95)}
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
