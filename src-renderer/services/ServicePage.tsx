/** A service from close by: what flows to it, its instances, output, identity and configuration. */
import { FileCode2, Network } from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { ComponentType } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { SERVICE_TABS } from '../app/routes.ts';
import type { ServiceTab } from '../app/routes.ts';
import { showScreen, uiStore, useUi } from '../app/ui-store.ts';
import { useEngine } from '../engine/store.ts';
import { Button } from '../ui/Button.tsx';
import { ConfigurationTab } from './tabs/ConfigurationTab.tsx';
import { EnvironmentTab } from './tabs/EnvironmentTab.tsx';
import { IdentityTab } from './tabs/IdentityTab.tsx';
import { LogsTab } from './tabs/LogsTab.tsx';
import { OverviewTab } from './tabs/OverviewTab.tsx';
import { ServiceList } from './ServiceList.tsx';
import styles from './ServicePage.module.css';

interface TabProps {
  readonly name: string;
}

const TABS: Readonly<Record<ServiceTab, { label: string; Content: ComponentType<TabProps> }>> = {
  overview: { label: 'Overview', Content: OverviewTab },
  logs: { label: 'Output', Content: LogsTab },
  identity: { label: 'Certificates', Content: IdentityTab },
  environment: { label: 'Environment', Content: EnvironmentTab },
  configuration: { label: 'Proxy configuration', Content: ConfigurationTab },
};

export function ServicePage() {
  const selection = useUi((ui) => ui.selection);
  const first = useEngine(({ document }) => document.mesh.services[0]?.name);
  const name = selection.kind === 'service' ? selection.name : first;
  return (
    <main className={styles.screen} data-testid="service-page">
      <ServiceList chosen={name} />
      {name === undefined ? (
        <p className={styles.empty}>
          The document has no services yet: add one under <code className="mono">services</code>.
        </p>
      ) : (
        <Service key={name} name={name} />
      )}
    </main>
  );
}

function Service({ name }: TabProps) {
  const tab = useUi((ui) => ui.tab);
  const known = useEngine(({ document }) =>
    document.mesh.services.some((one) => one.name === name),
  );
  if (!known) {
    return <p className={styles.empty}>{`${name} is not in the document any more.`}</p>;
  }
  return (
    <section className={styles.page} aria-label={name}>
      <Head name={name} />
      <Tabs.Root
        className={styles.tabs}
        value={tab}
        onValueChange={(next) => uiStore.setState({ tab: next as ServiceTab })}
      >
        <Tabs.List className={styles.tabList} aria-label={`Views of ${name}`}>
          {SERVICE_TABS.map((one) => (
            <Tabs.Trigger key={one} value={one} data-testid={`tab-${one}`}>
              {TABS[one].label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {SERVICE_TABS.map((one) => (
          <Content key={one} tab={one} name={name} />
        ))}
      </Tabs.Root>
    </section>
  );
}

function Content({ tab, name }: TabProps & { tab: ServiceTab }) {
  const { Content } = TABS[tab];
  return (
    <Tabs.Content className={styles.content} value={tab} data-testid={`content-${tab}`}>
      <Content name={name} />
    </Tabs.Content>
  );
}

function Head({ name }: TabProps) {
  const [ready, total] = useEngine(
    useShallow((state) => {
      const own = Object.values(state.instances).filter(({ service }) => service === name);
      return [own.filter(({ status }) => status === 'ready').length, own.length] as const;
    }),
  );
  const facts = useEngine(
    useShallow(({ document }) => {
      const service = document.mesh.services.find((one) => one.name === name);
      const versions = service?.versions ?? [];
      const runtimes = new Set(versions.map(({ workload }) => workload.runtime));
      return [
        versions.map((version) => version.name).join(', '),
        [...runtimes].join(', '),
        service?.calls.join(', ') ?? '',
      ] as const;
    }),
  );
  const [versions, runtimes, calls] = facts;
  return (
    <header className={styles.head}>
      <div>
        <h2>{name}</h2>
        <p>
          {`versions ${versions} · runtime ${runtimes}`}
          {calls !== '' && ` · calls ${calls}`}
        </p>
      </div>
      <span className={styles.ready} data-well={ready === total || undefined}>
        <span className="num">{`${ready}/${total}`}</span> ready
      </span>
      <Button icon={Network} onClick={() => showScreen('mesh')}>
        In the graph
      </Button>
      <Button icon={FileCode2} onClick={() => showScreen('document')}>
        In the document
      </Button>
    </header>
  );
}
