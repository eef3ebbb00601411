/** All that is known of one hop. */
import type { HopView } from '../../src-main/api/contract/index.ts';
import { select } from '../app/ui-store.ts';
import { formatBytes, formatMs } from '../ui/format.ts';
import { filterText, flagText } from './hop-marks.ts';
import { comparedText } from './mirror-facts.ts';
import { showMessages } from './pane-store.ts';
import { nameOfKind, SEGMENT_ORDER } from './waterfall-model.ts';
import styles from './Waterfall.module.css';

export function HopDetails({ hop }: { hop: HopView }) {
  const canJump = hop.direction !== 'inbound' && hop.destination !== '';
  return (
    <dl className={styles.details}>
      {factsOf(hop).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {canJump && (
        <button
          type="button"
          onClick={() => select({ kind: 'edge', from: hop.source, to: hop.destination })}
        >
          Show in the graph
        </button>
      )}
      {hop.direction !== 'inbound' && (
        <button type="button" data-testid="show-messages" onClick={() => showMessages(hop.spanId)}>
          {hop.captured ? 'Heads and bodies' : 'Heads and bodies: not captured'}
        </button>
      )}
    </dl>
  );
}

function factsOf(hop: HopView): [string, string][] {
  const times = SEGMENT_ORDER.filter((kind) => hop.timing[kind] > 0).map(
    (kind) => `${nameOfKind(kind)} ${formatMs(hop.timing[kind])}`,
  );
  const facts: [string, string][] = [
    ['Request', `${hop.method} ${hop.path}`],
    ['Proxy', `${hop.node} · ${hop.direction} · route ${hop.route}`],
    ['Time', times.join(' · ')],
    ['Bytes', `${formatBytes(hop.requestBytes)} in, ${formatBytes(hop.responseBytes)} out`],
    ['Instance', placeOf(hop)],
    ['Peer', hop.peerSpiffeId],
    ['Filters', hop.filters.map(filterText).join(' → ')],
    ['Compared', comparedText(hop)],
    ['Failure', hop.failure],
    ['Injected by', hop.faults.join(', ')],
    ['Flags', hop.flags.map(flagText).join(', ')],
    ['Span', hop.spanId],
  ];
  return facts.filter(([, value]) => value !== '');
}

/** Where it is, and that it was not the first choice. */
function placeOf({ destinationInstance, destinationLocality, priority }: HopView): string {
  const later = priority > 0 ? `priority ${priority}` : '';
  return [destinationInstance, destinationLocality, later]
    .filter((part) => part !== '')
    .join(' · ');
}
