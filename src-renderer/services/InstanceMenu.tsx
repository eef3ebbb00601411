/** What can be done to an instance: by hand, once; or as a fault of the document. */
import { Container, MoreVertical, SlidersHorizontal, TerminalSquare } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { InstanceState } from '../../src-main/api/contract/index.ts';
import { sendEdit } from '../engine/edits.ts';
import { useEngine } from '../engine/store.ts';
import { startEditing } from '../policies/editing.ts';
import menu from '../policies/AddMenu.module.css';
import { actsOf } from './instance-act-list.ts';
import { faultFor, placeOf } from './instance-acts.ts';
import { runtimeSwitch } from './runtime-switch.ts';
import styles from './Instances.module.css';

export function InstanceMenu({ instance }: { instance: InstanceState }) {
  const { id, runtime, service } = instance;
  const content = useEngine(({ document }) => document.content);
  const canSignal = runtime !== 'stub';
  const own = useEngine(({ document }) =>
    document.mesh.services.find((one) => one.name === service),
  );
  const other = own && runtimeSwitch(own, instance.version);
  return (
    <Radix.Root>
      <Radix.Trigger
        className={styles.more}
        aria-label={`What to do with ${id}`}
        data-testid={`instance-menu-${id}`}
      >
        <MoreVertical size={16} aria-hidden />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={`${menu.menu} ${styles.menu}`} align="end" collisionPadding={8}>
          {actsOf(instance, content).map(({ id: act, icon, label, help, perform }) => (
            <Item key={act} icon={icon} label={label} help={help} onSelect={perform} />
          ))}
          {other !== undefined && (
            <Item
              icon={other.runtime === 'docker' ? Container : TerminalSquare}
              label={other.runtime === 'docker' ? 'Run as a container' : 'Run as a local process'}
              help="All instances of it; callers go on calling it by its name."
              onSelect={() => void sendEdit(other)}
            />
          )}
          {canSignal && (
            <Item
              icon={SlidersHorizontal}
              label="Other fault…"
              help="Throttled, again and again, or for a time."
              onSelect={() => startInstanceFault(instance)}
            />
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ItemProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly help: string;
  onSelect(): void;
}

function Item({ icon: Icon, label, help, onSelect }: ItemProps) {
  return (
    <Radix.Item className={menu.item} onSelect={onSelect}>
      <Icon size={15} aria-hidden />
      <span>
        <b>{label}</b>
        <small>{help}</small>
      </span>
    </Radix.Item>
  );
}

function startInstanceFault(instance: InstanceState): void {
  const value = faultFor('throttle', instance, new Date());
  startEditing({
    kind: 'instanceFault',
    place: placeOf(value),
    value,
    was: undefined,
    to: instance.service,
  });
}
