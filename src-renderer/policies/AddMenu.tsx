/** What can be added, by groups, each with a line that says what it does. */
import { ChevronDown, Plus } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { PolicyKind } from '../../src-main/api/contract/index.ts';
import styles from './AddMenu.module.css';
import { controlOf } from './catalogue.ts';
import { GROUPS } from './control.ts';
import { descriptionOf } from './form-fields.ts';

interface AddMenuProps<K extends PolicyKind> {
  readonly label: string;
  readonly testId: string;
  /** Looks like a link. */
  readonly plain?: boolean;
  readonly kinds: readonly K[];
  onChoose(kind: K): void;
}

export function AddMenu<K extends PolicyKind>(props: AddMenuProps<K>) {
  const { label, testId, plain, kinds, onChoose } = props;
  const groups = GROUPS.map((group) => ({
    group,
    kinds: kinds.filter((kind) => controlOf(kind).group === group),
  })).filter((one) => one.kinds.length > 0);
  return (
    <Radix.Root>
      <Radix.Trigger className={plain ? styles.plain : styles.trigger} data-testid={testId}>
        <Plus size={14} aria-hidden />
        {label}
        {!plain && <ChevronDown size={14} aria-hidden />}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.menu} align="end" collisionPadding={8} sideOffset={4}>
          {groups.map(({ group, kinds: within }) => (
            <Radix.Group key={group}>
              <Radix.Label className={styles.group}>{group}</Radix.Label>
              {within.map((kind) => (
                <Item key={kind} kind={kind} onChoose={() => onChoose(kind)} />
              ))}
            </Radix.Group>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Item({ kind, onChoose }: { kind: PolicyKind; onChoose(): void }) {
  const { icon: Icon, title } = controlOf(kind);
  return (
    <Radix.Item className={styles.item} data-testid={`add-${kind}-item`} onSelect={onChoose}>
      <Icon size={15} aria-hidden />
      <span>
        <b>{title}</b>
        <small>{descriptionOf(kind)}</small>
      </span>
    </Radix.Item>
  );
}
