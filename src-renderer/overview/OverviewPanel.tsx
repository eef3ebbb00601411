/** The mesh as a whole: how it does, who comes to it, what has happened. */
import { Copy } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { showToast } from '../app/toasts.ts';
import { TourOffer } from '../app/tour/Tour.tsx';
import { openTimeline } from '../app/ui-store.ts';
import { useEngine } from '../engine/store.ts';
import { edgeId, GATEWAY, gatewayServices } from '../topology/model/graph.ts';
import { totalOf } from '../topology/model/totals.ts';
import { formatMs, formatRate, formatShare } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { PanelHead, Section, Stats } from '../ui/Panel.tsx';
import { Events } from './Events.tsx';
import styles from './OverviewPanel.module.css';
import { SeriesCharts } from './SeriesCharts.tsx';
import { Visitors } from './Visitors.tsx';

export function OverviewPanel() {
  const mtls = useEngine(({ document }) => document.mesh.mtls);
  const services = useEngine(({ document }) => document.mesh.services.length);
  return (
    <>
      <PanelHead
        title="Mesh"
        detail={`${services} ${services === 1 ? 'service' : 'services'} · mTLS ${mtls}`}
        closable={false}
      />
      <TourOffer />
      <Section title="At the gateway">
        <GatewayStats />
        <GatewayAddress />
      </Section>
      <Visitors />
      <Section title="The last minutes">
        <GatewayCharts />
      </Section>
      <Section
        title="What happened"
        action={
          <button type="button" className={styles.more} onClick={() => openTimeline()}>
            Timeline
          </button>
        }
      >
        <Events />
      </Section>
    </>
  );
}

function GatewayStats() {
  const figures = useEngine(
    useShallow(({ edges }) =>
      totalOf(Object.values(edges).filter(({ from }) => from === 'gateway')),
    ),
  );
  return (
    <Stats
      items={[
        { label: 'Requests', value: formatRate(figures.rate) },
        {
          label: 'Errors',
          value: formatShare(figures.errorShare),
          tone: figures.errorShare > 0 ? 'bad' : undefined,
        },
        { label: 'p50', value: formatMs(figures.p50) },
        { label: 'p95', value: formatMs(figures.p95) },
        { label: 'p99', value: formatMs(figures.p99) },
      ]}
    />
  );
}

function GatewayCharts() {
  const entries = useEngine(
    useShallow(({ document }) =>
      gatewayServices(document.mesh).map((service) => edgeId(GATEWAY, service)),
    ),
  );
  return <SeriesCharts edges={entries} />;
}

function GatewayAddress() {
  const { gatewayUrl, gatewayTlsUrl } = useEngine(({ engine }) => engine);
  return (
    <>
      <Address url={gatewayUrl} what="The address of the gateway" />
      {gatewayTlsUrl && <Address url={gatewayTlsUrl} what="The address of the gateway's TLS" />}
    </>
  );
}

function Address({ url, what }: { url: string; what: string }) {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(url);
    showToast('info', `${what} is copied.`);
  };
  return (
    <p className={styles.address}>
      <a className="mono" href={url} target="_blank" rel="noreferrer">
        {url}
      </a>
      <IconButton label={`Copy ${url}`} icon={Copy} onClick={() => void copy()} />
    </p>
  );
}
