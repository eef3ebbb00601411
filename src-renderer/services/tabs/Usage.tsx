/** What the containers of a service use of their machine, as the container engine measures it. */
import { useShallow } from 'zustand/react/shallow';
import type { UsageState } from '../../../src-main/api/contract/index.ts';
import { useEngine } from '../../engine/store.ts';
import { formatBytes } from '../../ui/format.ts';
import { memoryShare, memoryTone, usageTexts } from '../usage-figures.ts';
import styles from './Tab.module.css';
import own from './Usage.module.css';

export function Usage({ name }: { name: string }) {
  const ids = useEngine(
    useShallow((state) =>
      Object.values(state.instances)
        .filter(({ service, runtime }) => service === name && runtime === 'docker')
        .map(({ id }) => id),
    ),
  );
  if (ids.length === 0) return null;
  return (
    <section>
      <h3>Processor, memory, network</h3>
      <table className={styles.table} data-testid="usage">
        <thead>
          <tr>
            <th scope="col">Container</th>
            <th scope="col" className={styles.figure}>
              Processor
            </th>
            <th scope="col" className={own.memory}>
              Memory
            </th>
            <th scope="col" className={styles.figure}>
              Received
            </th>
            <th scope="col" className={styles.figure}>
              Sent
            </th>
          </tr>
        </thead>
        <tbody>
          {ids.map((id) => (
            <Row key={id} id={id} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ id }: { id: string }) {
  const usage = useEngine((state) => state.usage[id]);
  const texts = usageTexts(usage);
  return (
    <tr>
      <td>
        <b>{id}</b>
      </td>
      <td className={`${styles.figure} num`}>{texts.cpu}</td>
      <td className={own.memory}>{usage ? <Memory usage={usage} /> : '–'}</td>
      <td className={`${styles.figure} num`}>{texts.received}</td>
      <td className={`${styles.figure} num`}>{texts.sent}</td>
    </tr>
  );
}

function Memory({ usage }: { usage: UsageState }) {
  const share = memoryShare(usage);
  const { memory, memoryLimit } = usage;
  return (
    <>
      <span className="num" data-tone={memoryTone(share)}>
        {formatBytes(memory)}
        {memoryLimit !== undefined && ` of ${formatBytes(memoryLimit)}`}
      </span>
      {share !== undefined && (
        <meter className={own.meter} min={0} max={1} high={0.8} optimum={0} value={share}>
          {`${Math.round(share * 100)} %`}
        </meter>
      )}
    </>
  );
}
