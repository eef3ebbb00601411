/** The certificate that an instance's sidecar shows, up to the authority. */
import { Copy } from 'lucide-react';
import type { CertificateFacts, CertificateView } from '../../../src-main/api/contract/index.ts';
import { showToast } from '../../app/toasts.ts';
import { ask } from '../../engine/session.ts';
import { useEngine } from '../../engine/store.ts';
import { formatMoment, formatSpan } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { InstanceChoice, useInstanceChoice } from '../InstanceChoice.tsx';
import { useAsked } from '../use-asked.ts';
import styles from './Tab.module.css';

const EVERY = 5_000;

export function IdentityTab({ name }: { name: string }) {
  const { all, chosen, choose } = useInstanceChoice(name);
  if (chosen === undefined) return <p className={styles.none}>There is no instance of it.</p>;
  return (
    <div className={styles.fill}>
      <div className={styles.bar}>
        <InstanceChoice all={all} chosen={chosen} onChoose={choose} />
        <span className={styles.note}>
          The key stays with its proxy; what is shown here every peer sees.
        </span>
      </div>
      <Certificate node={chosen} />
    </div>
  );
}

function Certificate({ node }: { node: string }) {
  const expires = useEngine(({ instances }) => instances[node]?.certificateExpires);
  const asked = useAsked(`${node} ${expires}`, () => ask('certificate', { node }), EVERY);
  if (asked.state === 'loading') return <Loading what="the certificate" />;
  if (asked.state === 'failed') return <p className={styles.none}>{asked.reason}</p>;
  const [leaf] = asked.value.chain;
  return (
    <div className={styles.tab} data-testid="certificate">
      <section>
        <h3 className="mono">{asked.value.spiffeId}</h3>
        {leaf && <Life leaf={leaf} view={asked.value} />}
      </section>
      <section>
        <h3>Chain</h3>
        <ol className={styles.chain}>
          {asked.value.chain.map((certificate) => (
            <li key={certificate.fingerprint256}>
              <Card certificate={certificate} />
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function Life({ leaf, view }: { leaf: CertificateFacts; view: CertificateView }) {
  const now = Date.now();
  const share = (at: number): string => {
    const part = (at - leaf.notBefore) / (leaf.notAfter - leaf.notBefore);
    return `${Math.min(100, Math.max(0, part * 100))}%`;
  };
  return (
    <>
      <div className={styles.life} aria-hidden>
        <span style={{ width: share(now) }} />
        <i style={{ left: share(view.renewsAt) }} />
      </div>
      <p className={`${styles.lifeText} num`}>
        <span>{`valid since ${formatMoment(leaf.notBefore)}`}</span>
        <span>{`renewed in ${formatSpan(Math.max(0, view.renewsAt - now))}`}</span>
        <span>{`expires in ${formatSpan(Math.max(0, leaf.notAfter - now))}`}</span>
      </p>
    </>
  );
}

function Card({ certificate }: { certificate: CertificateFacts }) {
  const { isAuthority, subject, issuer, uris, notBefore, notAfter } = certificate;
  const { key, serialNumber, fingerprint256, pem } = certificate;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(pem);
    showToast('info', 'The certificate is copied as PEM.');
  };
  const facts: readonly (readonly [string, string])[] = [
    ['Subject', subject],
    ['Issuer', issuer === subject ? 'itself' : issuer],
    ...uris.map((uri) => ['SPIFFE ID', uri] as const),
    ['Valid', `${formatMoment(notBefore)} to ${formatMoment(notAfter)}`],
    ['Key', key],
    ['Serial number', serialNumber],
    ['SHA-256', fingerprint256],
  ];
  return (
    <article className={styles.certificate}>
      <header>
        <h4>{isAuthority ? 'Authority of the mesh' : 'Leaf'}</h4>
        <IconButton label="Copy as PEM" icon={Copy} onClick={() => void copy()} />
      </header>
      <dl className={styles.facts}>
        {facts.map(([label, value]) => (
          <Fact key={label} label={label} value={value} />
        ))}
      </dl>
    </article>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className="mono">{value}</dd>
    </>
  );
}
