/** What can be done to an instance: by hand, once; or as a fault of the document. */
import { MoreVertical, Pause, Play, Power, RotateCw, SlidersHorizontal } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { InstanceState } from '../../src-main/api/contract/index.ts';
import { attempt, sendEdit } from '../engine/edits.ts';
import { ask } from '../engine/session.ts';
import { useEngine } from '../engine/store.ts';
import { startEditing } from '../policies/editing.ts';
import menu from '../policies/AddMenu.module.css';
import { instanceFaultRules } from '../policies/rules.ts';
import { faultFor, pausesOf } from './instance-acts.ts';
import styles from './Instances.module.css';

export function InstanceMenu({ instance }: { instance: InstanceState }) {
  const { id, service, runtime } = instance;
  const content = useEngine(({ document }) => document.content);
  const pauses = pausesOf(instanceFaultRules(content, service), instance);
  const canSignal = runtime !== 'stub';
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
          <Item
            icon={RotateCw}
            label="Restart"
            help="Ended gently and started again."
            onSelect={() => void attempt(() => ask('restartInstance', { id }))}
          />
          {canSignal && (
            <Item
              icon={Power}
              label="Kill"
              help="SIGKILL, once; it is started again as after any crash."
              onSelect={() => void kill(instance)}
            />
          )}
          {canSignal && pauses.length === 0 && (
            <Item
              icon={Pause}
              label="Pause"
              help="SIGSTOP, until it is resumed."
              onSelect={() => void pause(instance)}
            />
          )}
          {pauses.map((rule) => (
            <Item
              key={rule.name}
              icon={Play}
              label="Resume"
              help={`Removes the fault ${rule.name}.`}
              onSelect={() =>
                void sendEdit({ kind: 'remove-policy', place: [...rule.place], was: rule.value })
              }
            />
          ))}
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

function kill(instance: InstanceState): Promise<boolean> {
  const value = faultFor('kill', instance, new Date());
  return sendEdit({ kind: 'put-policy', place: placeOf(value), value });
}

function pause(instance: InstanceState): Promise<boolean> {
  const value = faultFor('pause', instance, new Date());
  return sendEdit({ kind: 'put-policy', place: placeOf(value), value });
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

function placeOf({ name }: { name: string }): ['instanceFaults', { named: string }] {
  return ['instanceFaults', { named: name }];
}
