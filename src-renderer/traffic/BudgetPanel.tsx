/** The path of a request: what the mesh itself costs on it, next to what it may cost. */
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { TraceView } from '../../src-main/api/contract/index.ts';
import { openTrace } from '../app/ui-store.ts';
import { ask } from '../engine/session.ts';
import { useAsked } from '../services/use-asked.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { formatMs } from '../ui/format.ts';
import { PanelHead, Section } from '../ui/Panel.tsx';
import { BUDGET, budgetOf, chainsOf, MOST_HOPS, nameOfChain, verdictOf } from './budget.ts';
import type { Chain, ChainCost } from './budget.ts';
import styles from './BudgetPanel.module.css';
import { useTypicalCost } from './use-typical-cost.ts';

export function BudgetPanel({ traceId }: { traceId: string }) {
  const trace = useAsked(traceId, () => ask('trace', { traceId }));
  return (
    <>
      <PanelHead title="Path of a request" detail={<span className="mono">{traceId}</span>} />
      <Section title="Latency budget">
        {trace.state === 'failed' && <p className={styles.note}>{trace.reason}</p>}
        {trace.state === 'there' && <Budget trace={trace.value} />}
      </Section>
      <Section title="The request">
        <Button testId="open-trace" onClick={() => openTrace(traceId)}>
          Open its trace
        </Button>
      </Section>
    </>
  );
}

function Budget({ trace }: { trace: TraceView }) {
  const chains = chainsOf(trace);
  const names = [...new Set(chains.map(nameOfChain))];
  const [chosen, setChosen] = useState<string>();
  const chain = chains.find((one) => nameOfChain(one) === chosen) ?? chains[0];
  if (!chain) {
    return <p className={styles.note}>No service was reached: there is nothing to add up.</p>;
  }
  return (
    <div data-testid="budget">
      <Field label="Chain" hint="Each way from where it began to a service that asked nobody else.">
        <select value={nameOfChain(chain)} onChange={({ target }) => setChosen(target.value)}>
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </Field>
      {chain.length > MOST_HOPS && (
        <p className={styles.warning} role="note" data-testid="deep-chain">
          <TriangleAlert size={13} aria-hidden />
          <span>
            {`${chain.length} hops, one behind the other: each adds its time and its chance to fail. More than ${MOST_HOPS} are better taken apart — by asking side by side, or by fewer services on the way.`}
          </span>
        </p>
      )}
      <Costs key={nameOfChain(chain)} trace={trace} chain={chain} />
    </div>
  );
}

function Costs({ trace, chain }: { trace: TraceView; chain: Chain }) {
  const asked = useTypicalCost(trace, chain);
  if (asked.state === 'loading') return <p className={styles.note}>Adding up…</p>;
  if (asked.state === 'failed') return <p className={styles.note}>{asked.reason}</p>;
  const { cost, count } = asked.value;
  return (
    <>
      <Table cost={cost} />
      <p className={styles.note}>
        {count === 1
          ? 'As measured in this one request.'
          : `As measured: the median of ${count} requests of this kind.`}{' '}
        What programs take, and what faults held back, is not in it. A hop is two proxies and the
        wire between them, a new connection included; what a proxy does within one turn of its loop
        counts as wire.
      </p>
    </>
  );
}

function Table({ cost }: { cost: ChainCost }) {
  const { edge, hops, sum } = cost;
  const budget = budgetOf(cost);
  const all = verdictOf(sum, budget.least, budget.most);
  return (
    <table className={`${styles.table} num`}>
      <thead>
        <tr>
          <th>Part</th>
          <th>Proxies</th>
          <th>Wire</th>
          <th>Sum</th>
          <th>Budget</th>
        </tr>
      </thead>
      <tbody>
        {edge !== undefined && (
          <tr data-verdict={verdictOf(edge, BUDGET.edge, BUDGET.edge)}>
            <th scope="row">gateway</th>
            <td>{formatMs(edge)}</td>
            <td />
            <td>
              <b>{formatMs(edge)}</b>
            </td>
            <td>{`${BUDGET.edge} ms`}</td>
          </tr>
        )}
        {hops.map(({ name, proxies, wire }, i) => (
          <tr key={i} data-verdict={verdictOf(proxies + wire, BUDGET.hopLeast, BUDGET.hopMost)}>
            <th scope="row">{name}</th>
            <td>{formatMs(proxies)}</td>
            <td>{formatMs(wire)}</td>
            <td>
              <b>{formatMs(proxies + wire)}</b>
            </td>
            <td>{`${BUDGET.hopLeast}–${BUDGET.hopMost} ms`}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr data-verdict={all} data-testid="budget-sum">
          <th scope="row">{VERDICTS[all]}</th>
          <td />
          <td />
          <td>
            <b>{formatMs(sum)}</b>
          </td>
          <td>{`${budget.least}–${budget.most} ms`}</td>
        </tr>
      </tfoot>
    </table>
  );
}

const VERDICTS = {
  within: 'Within the budget',
  tight: 'Within, but not by much',
  over: 'Over the budget',
} as const;
