/** What an instance's sidecar runs, as it was compiled. */
import { Copy } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { showToast } from '../../app/toasts.ts';
import { ask } from '../../engine/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { InstanceChoice, useInstanceChoice } from '../InstanceChoice.tsx';
import { useAsked } from '../use-asked.ts';
import styles from './Tab.module.css';

const YamlView = lazy(async () => {
  const { YamlView } = await import('../../document/YamlView.tsx');
  return { default: YamlView };
});

const EVERY = 2_000;

export function ConfigurationTab({ name }: { name: string }) {
  const { all, chosen, choose } = useInstanceChoice(name);
  const asked = useAsked(
    chosen ?? '',
    async () => (chosen === undefined ? undefined : ask('configuration', { node: chosen })),
    EVERY,
  );
  if (chosen === undefined) return <p className={styles.none}>There is no instance of it.</p>;
  const found = asked.state === 'there' ? asked.value : undefined;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(found?.text ?? '');
    showToast('info', 'The configuration is copied.');
  };
  return (
    <div className={styles.fill}>
      <div className={styles.bar}>
        <InstanceChoice all={all} chosen={chosen} onChoose={choose} />
        <span className={`${styles.note} num`}>
          {found
            ? `version ${found.version}, as its sidecar runs it; keys and secrets are masked`
            : ''}
        </span>
        <Button icon={Copy} disabled={!found} onClick={() => void copy()}>
          Copy
        </Button>
      </div>
      {asked.state === 'failed' && <p className={styles.none}>{asked.reason}</p>}
      {asked.state === 'loading' && <Loading what="the configuration" />}
      {found && (
        <Suspense fallback={<Loading what="the viewer" />}>
          <YamlView label={`Configuration of ${chosen}`} text={found.text} />
        </Suspense>
      )}
    </div>
  );
}
